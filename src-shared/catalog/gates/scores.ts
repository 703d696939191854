import type { ScoreFamily } from '#shared/catalog/packs/pack-file.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import type { RiskBudget } from './index.ts'

/**
 * Ranking score of a run, null where a figure it rests on is missing. √(n / 100) rewards evidence, n being trades weighted by the
 * uniqueness of their lives. `options` (zerosigma, overlay): Sortino, less half the drawdown and a fifth of the spread of fold Sharpes. `trend`
 * (swing, momentum, overnight): Sharpe, less a tenth of the turnover budget used and .3 of the drawdown. `long`: Calmar.
 */
export function scoreRun(family: ScoreFamily, metrics: RunMetrics, budget: RiskBudget): number | null {
  const { sharpe, sortino, calmar, max_dd, turnover, trades_effective, fold_sharpe_std } = metrics
  if (family === 'long') return calmar
  if (trades_effective === null || max_dd === null) return null
  const evidence = Math.sqrt(trades_effective / 100)
  if (family === 'options') {
    if (sortino === null || fold_sharpe_std === null) return null
    return sortino * evidence - 0.5 * max_dd - 0.2 * fold_sharpe_std
  }
  const turnoverMax = budget['turnover_max']
  if (sharpe === null || turnover === null) return null
  // A budget without a turnover limit has no turnover to use up.
  const turnoverUse = typeof turnoverMax === 'number' && turnoverMax > 0 ? turnover / turnoverMax : 0
  return sharpe * evidence - 0.1 * turnoverUse - 0.3 * max_dd
}
