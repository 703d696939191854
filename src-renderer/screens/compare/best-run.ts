import { formatMetric, type MetricName } from '#renderer/components/metric-catalog.ts'

type Direction = 'more' | 'less'

/** Which way a figure is better. Those that only describe, such as turnover or the number of sessions, are not here. */
const better: Partial<Record<MetricName, Direction>> = {
  sharpe: 'more',
  sharpe_low: 'more',
  sharpe_high: 'more',
  sharpe_hourly: 'more',
  sortino: 'more',
  cum_return: 'more',
  cagr: 'more',
  calmar: 'more',
  score: 'more',
  max_dd: 'less',
  underwater_days: 'less',
  es95: 'less',
  es95_daily: 'less',
  worst_day: 'less',
  mean_loss: 'less',
  trades_effective: 'more',
  win_rate: 'more',
  profit_factor: 'more',
  expectancy: 'more',
  cost_paid: 'less',
  breakeven_cost_bps: 'more',
  fold_sharpe_mean: 'more',
  fold_sharpe_std: 'less',
  fold_sharpe_min: 'more',
  sharpe_double_cost: 'more',
  sharpe_delay_1: 'more',
  psr: 'more',
  dsr: 'more',
  min_track_days: 'less',
  accuracy: 'more',
  log_loss: 'less',
  brier: 'less',
}

/**
 * Places of the best values, and of those that read the same: none where the figure has no better side, or where fewer than two runs
 * have it, or all agree.
 */
export function bestRuns(
  name: MetricName,
  values: readonly (number | null | undefined)[],
): ReadonlySet<number> {
  const direction = better[name]
  const known = values.filter((value) => value != null && Number.isFinite(value)) as number[]
  if (direction === undefined || known.length < 2) return new Set()
  const best = direction === 'more' ? Math.max(...known) : Math.min(...known)
  const shown = formatMetric(name, best)
  const places = values.flatMap((value, place) =>
    value != null && Number.isFinite(value) && formatMetric(name, value) === shown ? [place] : [],
  )
  return new Set(places.length === known.length ? [] : places)
}
