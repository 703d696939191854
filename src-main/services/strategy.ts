import type { ConfigTuple } from '#shared/contract/schemas.ts'
import type { StrategyConfig } from '#shared/jobs/evaluate-types.ts'
import type { CalibrationKind, CvSpec, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { formatHours, parseHours, parseShare, parseThresholds } from './parse-lists.ts'
import { shaOf } from './sha.ts'

/** Raised when a change of the engine alters results: it is part of every config sha and of every cached score. */
export const engineVersion = 2

/** How scores are made: everything that decides the out-of-fold predictions of a matrix. */
export interface ScoringPlan {
  hours: number[] | null
  features: string[]
  model: ModelSpec
  cv: CvSpec
  calibration: CalibrationKind
}

/** How scores become trades. */
export interface TradingPlan extends Omit<StrategyConfig, 'reportEach'> {
  slippageBps: number
}

export const defaultThresholds = [0.5, 0.52, 0.55, 0.6, 0.65]

/** Names one configuration on any matrix; profiles share it, tags do not matter, nor do settings of what is switched off. */
export function configSha(scoring: ScoringPlan, trading: TradingPlan): string {
  const { confCap, momentumMin, ...rest } = trading
  const used = {
    ...rest,
    confCap: trading.sizeByConf ? confCap : null,
    momentumMin: trading.momentumGate ? momentumMin : null,
  }
  return shaOf({ engine: engineVersion, scoring, trading: used })
}

/** The configuration as the contract writes it. */
export function configTuple(scoring: ScoringPlan, trading: TradingPlan, tag?: string | null): ConfigTuple {
  return {
    kind: trading.kind,
    value: trading.values.join(','),
    allowed_hours: formatHours(scoring.hours),
    splits: scoring.cv.splits,
    tag: tag ?? null,
  }
}

/** Reads a configuration back from the contract's form. */
export function readConfigTuple(config: ConfigTuple): {
  kind: TradingPlan['kind']
  values: number[]
  hours: number[] | null
} {
  const hours = config.allowed_hours ? parseHours(config.allowed_hours, 'config.allowed_hours') : null
  const values =
    config.kind === 'top_pct'
      ? [parseShare(config.value, 'config.value')]
      : parseThresholds(config.value, 'config.value')
  return { kind: config.kind, values, hours }
}
