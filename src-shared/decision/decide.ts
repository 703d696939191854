import type { ExecutionEffective } from '#shared/catalog/packs/policy.ts'
import { hasMomentum, type PositionRules, reaches, sideOf, sizeOf, thresholdAt } from './position.ts'

type Brackets = ExecutionEffective['brackets']

/** Everything that stands between a score and an order. */
export interface TradeRules extends PositionRules {
  /** Hours that may decide; null for every hour. */
  hours: readonly number[] | null
  /** Off where the series or the label leaves them nothing to work on, whatever the policy says. */
  brackets: Brackets
}

/** A row at its decision. NaN for what is not known. */
export interface DecisionRow {
  /** Directional probability. */
  p: number
  /** `hour_et`, −1 on daily rows. */
  hour: number
  /** Minutes of trading until its label ends; null where no label can begin at its time. */
  life: number | null
  close: number
  atr: number
  momentum: number
}

/** The rules in the order in which they are asked. */
export type RuleId = 'threshold' | 'hours' | 'momentum' | 'size' | 'atr' | 'reward_to_risk'

export interface Decision {
  /** 1 long, −1 short, 0 where neither side is likelier. */
  side: -1 | 0 | 1
  /** The one that holds in the row's hour. */
  threshold: number
  /** Share of a full position. */
  size: number
  /** Levels around the close of the row. */
  stop: number
  target: number
  /** Reward to risk: target over stop. */
  rr: number
  minutes: number
  /** Rules that say no. A row without any trades. */
  failed: RuleId[]
}

/** Multiples are of one ATR, so the ratio is the same for every row. */
export function rewardToRisk({
  atr_mult_target,
  atr_mult_stop,
}: Pick<Brackets, 'atr_mult_target' | 'atr_mult_stop'>): number {
  return atr_mult_target / atr_mult_stop
}

/** A target too near for its stop lets no trade through; without brackets it is not asked for. */
export function isWorthItsRisk(
  brackets: Pick<Brackets, 'enabled' | 'min_rr' | 'atr_mult_target' | 'atr_mult_stop'>,
): boolean {
  return !brackets.enabled || rewardToRisk(brackets) >= brackets.min_rr
}

/** May a row decide at all: its hour is one of those allowed, and a label could begin there. */
export function mayDecide({ hour, life }: DecisionRow, hours: TradeRules['hours']): boolean {
  return life !== null && (hours === null || hour < 0 || hours.includes(hour))
}

/** The one way from a score to an order: signals, explanations of them and settings that are tried all come from here. */
export function decide(row: DecisionRow, rules: TradeRules): Decision {
  const { p, hour, momentum, close, atr } = row
  const { brackets } = rules
  const side = sideOf(p)
  const threshold = thresholdAt(rules, hour)
  const size = sizeOf(p, rules)
  const passes: Record<RuleId, boolean> = {
    threshold: side !== 0 && reaches(p, threshold),
    hours: mayDecide(row, rules.hours),
    momentum: hasMomentum(side, momentum, rules),
    size: size > 0,
    atr: atr > 0,
    reward_to_risk: isWorthItsRisk(brackets),
  }
  const direction = side === 0 ? 1 : side
  return {
    side,
    threshold,
    size,
    stop: close - direction * brackets.atr_mult_stop * atr,
    target: close + direction * brackets.atr_mult_target * atr,
    rr: rewardToRisk(brackets),
    minutes: brackets.enabled ? brackets.time_stop_minutes : (row.life ?? 0),
    failed: (Object.keys(passes) as RuleId[]).filter((rule) => !passes[rule]),
  }
}
