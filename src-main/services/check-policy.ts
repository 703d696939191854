import type { LoadedModel } from '#main/pack-store/types.ts'
import { barsPerSession, sessionMinutes } from '#shared/calendar/bar-times.ts'
import type { ExecutionEffective, PolicyFile } from '#shared/catalog/packs/policy.ts'
import { didYouMean } from '#shared/errors.ts'

/** What a policy is held against. */
export interface PolicyFacts {
  model: Pick<LoadedModel, 'modelId' | 'cadence' | 'horizon' | 'assetType'>
  policy: PolicyFile
  effective: ExecutionEffective
  /** Columns of the model's matrix, or those that its next one will have. */
  columns: readonly string[]
  /** The newest matrix: where its trades are filled; null before the first build. */
  fill: string | null
  /** Values of the momentum column in it. */
  momentum: Float64Array | null
  /** Thresholds of the trained artifacts. */
  thresholds: readonly number[]
}

export interface PolicyCheck {
  ok: boolean
  errors: string[]
  warnings: string[]
}

/** Errors are what keeps a policy from trading as it says, warnings what a trader may not expect of it. */
export function checkPolicy(facts: PolicyFacts): PolicyCheck {
  const errors: string[] = []
  const warnings: string[] = []
  checkExecution(facts, errors, warnings)
  checkBrackets(facts, errors, warnings)
  checkAlerting(facts, errors, warnings)
  checkOptions(facts, warnings)
  return { ok: errors.length === 0, errors, warnings }
}

function checkExecution(facts: PolicyFacts, errors: string[], warnings: string[]): void {
  const { slippage_bps, size_by_conf, conf_cap, momentum_gate, momentum_min, momentum_column } =
    facts.effective
  if (slippage_bps === 0) warnings.push('slippage_bps 0: trades cost nothing, which no market grants')
  if (size_by_conf && conf_cap === 0) errors.push('conf_cap 0 with size_by_conf: every trade has size 0')
  if (!momentum_gate) return
  if (!facts.columns.includes(momentum_column)) {
    const near = didYouMean(momentum_column, facts.columns)
    errors.push(
      `momentum_column ${momentum_column} is not a column of the matrix of ${facts.model.modelId}${near}`,
    )
  } else if (facts.momentum !== null) {
    const largest = facts.momentum.reduce(
      (most, value) => (Math.abs(value) > most ? Math.abs(value) : most),
      0,
    )
    if (momentum_min > largest) {
      errors.push(
        `momentum_min ${momentum_min} lets no trade through: ${momentum_column} reaches ${Number(largest.toPrecision(3))}`,
      )
    }
  }
}

function checkBrackets(facts: PolicyFacts, errors: string[], warnings: string[]): void {
  const { enabled, entry_mode, atr_mult_stop, atr_mult_target, min_rr, time_stop_minutes, regime_adjust } =
    facts.effective.brackets
  if (!enabled) return
  const rr = atr_mult_target / atr_mult_stop
  if (rr < min_rr) {
    errors.push(
      `brackets: target ${atr_mult_target} over stop ${atr_mult_stop} is ${Number(rr.toPrecision(3))}, below min_rr ${min_rr}: no trade is taken`,
    )
  }
  if (regime_adjust)
    warnings.push('brackets: regime_adjust is not applied, levels are the same in every regime')
  if (facts.fill === 'next_close') {
    warnings.push('brackets: opens of this series are not traded prices, so brackets are not replayed on it')
  }
  if (facts.fill === 'close_to_open') {
    warnings.push('brackets: a close-to-open trade is over before a bracket can work')
  }
  const { cadence, horizon } = facts.model
  const minutesPerBar = sessionMinutes / barsPerSession[cadence]
  if (time_stop_minutes < minutesPerBar / 2) {
    warnings.push(
      `brackets: time_stop_minutes ${time_stop_minutes} is less than a ${cadence} bar: one bar is held`,
    )
  }
  if (cadence === 'daily' || (horizon !== '0dte' && horizon !== 'intraday')) return
  if (entry_mode === 'next_session_open') {
    warnings.push('brackets: entry_mode next_session_open enters a same-day model a session late')
  }
  if (time_stop_minutes > sessionMinutes) {
    warnings.push(
      `brackets: time_stop_minutes ${time_stop_minutes} is past the close, where same-day trades end`,
    )
  }
}

function checkAlerting({ policy, thresholds }: PolicyFacts, errors: string[], warnings: string[]): void {
  const least = policy.alerting?.min_signal_score
  if (least !== undefined && least >= 1) {
    errors.push(`alerting: min_signal_score ${least} is a probability that no signal reaches`)
  } else if (least !== undefined && least <= 0.5) {
    warnings.push(`alerting: min_signal_score ${least} holds nothing back: every signal scores above 0.5`)
  } else if (least !== undefined) {
    const below = thresholds.filter((threshold) => threshold < least)
    if (below.length > 0) {
      warnings.push(
        `alerting: min_signal_score ${least} is above the trained threshold ${Math.min(...below)}: signals between them raise no alert`,
      )
    }
  }
  if (policy.alerting?.max_trades_per_day === 0)
    warnings.push('alerting: max_trades_per_day 0 allows no trade')
  if (policy.risk?.max_daily_trades === 0) warnings.push('risk: max_daily_trades 0 allows no trade')
}

function checkOptions({ model, effective }: PolicyFacts, warnings: string[]): void {
  const { dte_target } = effective.options.selection
  if (model.assetType === 'opt' && model.horizon === '0dte' && dte_target !== null && dte_target > 0) {
    warnings.push(`options: dte_target ${dte_target} on a same-day model picks contracts that expire later`)
  }
}
