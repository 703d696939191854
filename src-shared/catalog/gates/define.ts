import type { TSchema } from 'typebox'
import type { RunMetrics } from '#shared/contract/metrics.ts'

/** A share of option contracts and orders that a backtest touched; null where it was not measured. */
export interface CapacityFigures {
  spread: number | null
  open_interest: number | null
  volume: number | null
  fill_rate: number | null
  adv: number | null
}

export interface GateContext {
  metrics: RunMetrics
  capacity: CapacityFigures
  assetType: 'eq' | 'opt'
  /** Hours the configuration trades, null for all or none applicable. */
  allowedHours: readonly number[] | null
  hasHours: boolean
  /** Red columns that the configuration is trained on. */
  leakageFlags: readonly string[]
  /** Probability of backtest overfitting of the sweep, null outside one or where it could not be estimated. */
  pbo: number | null
  metricsByFold: readonly { fold: number; metrics: Partial<RunMetrics> }[]
}

/** What a rule saw. `notApplicable` says why the rule does not bind here; null without it means the input is missing. */
export interface Observation {
  observed: number | readonly number[] | null
  notApplicable?: string
}

export interface GateRule {
  /** Key of the limit in a pack's risk budget. */
  readonly id: string
  readonly title: string
  readonly doc: string
  readonly reason: string
  readonly direction: 'at_most' | 'at_least' | 'within'
  /** Shape and range of the limit. */
  readonly limit: TSchema
  readonly unit: 'fraction' | 'ratio' | 'count' | 'hours' | 'per_year'
  /** Limit of a rule that binds even where the budget is silent. */
  readonly fallback?: unknown
  /** Holds for option models only. */
  readonly optionsOnly?: boolean
  readonly observe: (context: GateContext, limit: unknown) => Observation
  /** The same figure in one fold, for the worst-fold column. */
  readonly observeFold?: (metrics: Partial<RunMetrics>) => number | null
}

export function defineGate(rule: GateRule): GateRule {
  return rule
}
