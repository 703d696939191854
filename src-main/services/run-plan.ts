import type { MatrixMeta } from '#main/ledger/matrices.ts'
import type { LoadedModel, PackStore } from '#main/pack-store/types.ts'
import type { ScoreFamily } from '#shared/catalog/packs/pack-file.ts'
import type { ConfigTuple, Lineage, RiskProfile } from '#shared/contract/schemas.ts'
import { SigmaError } from '#shared/errors.ts'
import type { CalibrationKind, CvSpec, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { type BracketPlan, planBrackets } from './bracket-plan.ts'
import type { Selection } from './overlay-request.ts'
import { shaOf } from './sha.ts'
import { configSha, configTuple, type ScoringPlan, type TradingPlan } from './strategy.ts'

/** One configuration of a run: its hours and how it picks trades. */
export interface GridPoint {
  hours: number[] | null
  kind: TradingPlan['kind']
  values: number[]
}

/** Everything a backtest or a sweep rests on, resolved once: later edits of the pack do not reach a run that was asked for. */
export interface RunPlan {
  model_id: string
  pack_id: string
  ticker: string
  asset_type: 'eq' | 'opt'
  matrix_sha: string
  simulated: boolean
  risk_profile: RiskProfile
  budget: Record<string, unknown>
  risk_sha: string
  policy_sha: string
  score_family: ScoreFamily
  features: string[]
  model: ModelSpec
  cv: CvSpec
  calibration: CalibrationKind
  trading: Omit<TradingPlan, 'kind' | 'values'>
  momentum_column: string | null
  brackets: BracketPlan | null
  /** How contracts are chosen for its premium P&L; absent where that was not asked for. */
  contracts?: Selection
  tag: string | null
  /** What the request changed of the profile's budget; absent where it changed nothing. */
  overrides?: Record<string, unknown>
}

/** What a request may say about a run; the model, its policy and its pack say the rest. */
export interface RunOptions {
  profile: RiskProfile
  splits?: number | undefined
  embargo?: number | undefined
  scheme?: CvSpec['scheme'] | undefined
  calibration?: CalibrationKind | undefined
  slippage_bps?: number | undefined
  size_by_conf?: boolean | undefined
  conf_cap?: number | undefined
  momentum_gate?: boolean | undefined
  momentum_min?: number | undefined
  momentum_column?: string | undefined
  per_hour_thresholds?: boolean | undefined
  per_hour_select_by?: TradingPlan['selectBy'] | undefined
  overrides?: Record<string, unknown> | undefined
  tag?: string | undefined
  /** Premium P&L too, where the model trades options. */
  premium?: boolean | undefined
}

export function planRun(
  packStore: PackStore,
  model: LoadedModel,
  meta: Pick<MatrixMeta, 'matrix_sha' | 'ticker' | 'simulated' | 'training_features'>,
  options: RunOptions,
): RunPlan {
  if (!model.spec) {
    throw new SigmaError(
      'INVALID_PARAM',
      `model ${model.modelId} is a rule scanner: it has nothing to train or backtest`,
    )
  }
  const { policy, effective } = packStore.policy(model)
  const { budget, riskFields } = packStore.riskBudget(model.packId, options.profile, options.overrides)
  const momentumGate = options.momentum_gate ?? effective.momentum_gate
  return {
    model_id: model.modelId,
    pack_id: model.packId,
    ticker: meta.ticker,
    asset_type: model.assetType,
    matrix_sha: meta.matrix_sha,
    simulated: meta.simulated,
    risk_profile: options.profile,
    budget,
    risk_sha: shaOf(riskFields),
    policy_sha: shaOf(policy),
    score_family: packStore.pack(model.packId).score ?? 'trend',
    features: meta.training_features,
    model: model.spec,
    cv: {
      scheme: options.scheme ?? 'walk_forward',
      splits: options.splits ?? (options.scheme === 'cpcv' ? 6 : 5),
      embargo: options.embargo ?? 0,
    },
    calibration: options.calibration ?? 'sigmoid',
    trading: {
      perHourThresholds: options.per_hour_thresholds ?? false,
      selectBy: options.per_hour_select_by ?? 'sharpe',
      sizeByConf: options.size_by_conf ?? effective.size_by_conf,
      confCap: options.conf_cap ?? effective.conf_cap,
      momentumGate,
      momentumMin: options.momentum_min ?? effective.momentum_min,
      slippageBps: options.slippage_bps ?? effective.slippage_bps,
    },
    momentum_column: momentumGate ? (options.momentum_column ?? effective.momentum_column) : null,
    brackets: planBrackets(model, effective),
    ...(options.premium && model.assetType === 'opt' && { contracts: effective.options.selection }),
    tag: options.tag ?? null,
    ...(options.overrides && { overrides: options.overrides }),
  }
}

/** Models with the same rows share a matrix, so it is not told by its first model but by what it holds. */
export function requireFit(model: LoadedModel, { matrix_sha, ticker, cadence }: MatrixMeta): void {
  if (cadence === model.cadence && (model.ticker === null || ticker === model.ticker)) return
  throw new SigmaError(
    'INVALID_PARAM',
    `matrix ${matrix_sha} holds ${cadence} rows of ${ticker}, model ${model.modelId} wants ${model.cadence} rows of ${model.ticker}`,
  )
}

export function scoringOf(plan: RunPlan, hours: number[] | null): ScoringPlan {
  return { hours, features: plan.features, model: plan.model, cv: plan.cv, calibration: plan.calibration }
}

export function tradingOf(plan: RunPlan, { kind, values }: GridPoint): TradingPlan {
  return { ...plan.trading, kind, values }
}

/** Names a grid point among all configurations of all profiles. */
export function configShaOf(plan: RunPlan, point: GridPoint): string {
  const momentum = plan.momentum_column === null ? {} : { momentum_column: plan.momentum_column }
  return shaOf({ config: configSha(scoringOf(plan, point.hours), tradingOf(plan, point)), ...momentum })
}

export function configTupleOf(plan: RunPlan, point: GridPoint): ConfigTuple {
  return configTuple(scoringOf(plan, point.hours), tradingOf(plan, point), plan.tag)
}

export function lineageOf(plan: RunPlan, config_sha: string): Lineage {
  const { matrix_sha, policy_sha, risk_profile, risk_sha } = plan
  return { matrix_sha, config_sha, policy_sha, risk_profile, risk_sha }
}

/** Hours of a configuration that says none: the profile's, where the model decides by the hour. */
export function profileHours(plan: RunPlan, meta: Pick<MatrixMeta, 'cadence'>): number[] | null {
  const hours = plan.budget['allowed_hours']
  return meta.cadence !== 'daily' && Array.isArray(hours) ? (hours as number[]) : null
}
