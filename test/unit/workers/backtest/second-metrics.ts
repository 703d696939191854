import type { TrialSummary } from '#main/services/trial-statistics.ts'
import type { ScoreFamily } from '#shared/catalog/packs/pack-file.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import type { EvaluateInput } from '#shared/jobs/evaluate-types.ts'
import {
  deviation,
  drawdown,
  effectiveCount,
  maximumOf,
  mean,
  normalBelow,
  sharpe,
  sharpeError,
  shortfall,
  sum,
} from '#test/naive-statistics.ts'
import { type BruteResult, evaluateByBruteForce } from './brute-force.ts'

/** All that a figure may be computed from, by brute force. */
export interface View {
  input: EvaluateInput
  run: BruteResult
  delayed: BruteResult | null
  dear: BruteResult
  /** Sharpe ratio a year of each fold as a record of its own, those that have one. */
  foldSharpes: number[]
  trials: Omit<TrialSummary, 'variance'> & { sharpes: number[] }
  family: ScoreFamily
  turnoverMax: number
}

const YEAR = 252
const annual = Math.sqrt(YEAR)
const wins = ({ run }: View) => run.tradeReturns.filter((r) => r > 0)
const losses = ({ run }: View) => run.tradeReturns.filter((r) => r < 0)
const growth = ({ run }: View) => run.equity ** (YEAR / run.daily.length) - 1
const perDay = (count: number, { run }: View) => (count * YEAR) / run.daily.length
/** What is null where no figure exists; a second computation gives NaN or an infinite number there. */
const known = (value: number) => (Number.isFinite(value) ? value : Number.NaN)

/** Labelled test rows with the probabilities of their fold and the base rates beside them. */
function judged({ input }: View) {
  const classes = input.rows.classes.length
  return input.folds.flatMap(({ testRows, testProba, baseRates }) =>
    [...testRows].flatMap((row, k) => {
      const y = input.rows.y[row]!
      return y < 0
        ? []
        : [{ y, p: [...testProba.slice(k * classes, (k + 1) * classes)], base: [...baseRates] }]
    }),
  )
}
const logLoss = (rows: { y: number; p: number[] }[]) => mean(rows.map(({ y, p }) => -Math.log(p[y]!)))
const brier = (rows: { y: number; p: number[] }[]) =>
  mean(rows.map(({ y, p }) => sum(p.map((each, c) => (each - Number(c === y)) ** 2))))
const asBase = (view: View) => judged(view).map(({ y, base }) => ({ y, p: base }))

const luckyDay = ({ trials }: View) =>
  maximumOf(trials.effective) * (trials.sharpes.length > 1 ? deviation(trials.sharpes) : 0)

/** Each figure of a run once more, by its definition. A figure without an entry does not compile, nor pass. */
export const secondMetrics: { [K in keyof RunMetrics]: (view: View) => number } = {
  sharpe: ({ run }) => sharpe(run.daily) * annual,
  sharpe_se: ({ run }) => sharpeError(run.daily) * annual,
  sharpe_low: ({ run }) => (sharpe(run.daily) - 1.959963984540054 * sharpeError(run.daily)) * annual,
  sharpe_high: ({ run }) => (sharpe(run.daily) + 1.959963984540054 * sharpeError(run.daily)) * annual,
  sharpe_hourly: ({ run, input }) => sharpe(run.barReturns) * Math.sqrt(YEAR * input.barsPerSession),
  sortino: ({ run }) =>
    (mean(run.daily) / Math.sqrt(mean(run.daily.map((r) => Math.min(r, 0) ** 2)))) * annual,
  cum_return: ({ run }) => run.equity - 1,
  cagr: growth,
  calmar: (view) => growth(view) / drawdown(view.run.daily).depth,
  max_dd: ({ run }) => drawdown(run.daily).depth,
  underwater_days: ({ run }) => drawdown(run.daily).underwater,
  es95: ({ run }) => shortfall(run.tradeReturns),
  es95_daily: ({ run }) => shortfall(run.daily),
  worst_day: ({ run }) => Math.max(0, ...run.daily.map((r) => -r)),
  mean_loss: (view) => -mean(losses(view)),
  win_rate: (view) => wins(view).length / view.run.tradeReturns.length,
  profit_factor: (view) => sum(wins(view)) / -sum(losses(view)),
  expectancy: ({ run }) => mean(run.tradeReturns),
  turnover: (view) => perDay(view.run.traded, view),
  exposure: ({ run }) => run.exposure,
  trades: ({ run }) => run.tradeReturns.length,
  trades_effective: ({ run }) => effectiveCount(run.lives),
  trades_per_year: (view) => perDay(view.run.tradeReturns.length, view),
  cost_paid: ({ run }) => run.paid,
  breakeven_cost_bps: ({ run }) => (1e4 * run.gross) / run.traded,
  sessions: ({ run }) => run.daily.length,
  fold_sharpe_mean: ({ foldSharpes }) => mean(foldSharpes),
  fold_sharpe_std: ({ foldSharpes }) => deviation(foldSharpes),
  fold_sharpe_min: ({ foldSharpes }) => Math.min(...foldSharpes),
  sharpe_double_cost: ({ dear }) => sharpe(dear.daily) * annual,
  sharpe_delay_1: ({ delayed }) => (delayed === null ? Number.NaN : sharpe(delayed.daily) * annual),
  realised_share: ({ run }) => run.trades / run.tradable,
  log_loss: (view) => logLoss(judged(view)),
  log_loss_base: (view) => logLoss(asBase(view)),
  brier: (view) => brier(judged(view)),
  brier_base: (view) => brier(asBase(view)),
  accuracy: (view) => mean(judged(view).map(({ y, p }) => Number(p.indexOf(Math.max(...p)) === y))),
  psr: ({ run }) => normalBelow(sharpe(run.daily) / sharpeError(run.daily)),
  dsr: (view) => normalBelow((sharpe(view.run.daily) - luckyDay(view)) / sharpeError(view.run.daily)),
  sr0: (view) => (Number.isNaN(sharpe(view.run.daily)) ? Number.NaN : luckyDay(view)),
  trials: ({ trials }) => trials.count,
  trials_effective: ({ trials }) => trials.effective,
  min_track_days: ({ run }) => {
    const s = sharpe(run.daily)
    const variance = sharpeError(run.daily) ** 2 * (run.daily.length - 1)
    return s > 0 ? 1 + variance * (1.6448536269514722 / s) ** 2 : Number.NaN
  },
  score: (view) => {
    const of = (name: keyof RunMetrics) => known(secondMetrics[name](view))
    const evidence = Math.sqrt(of('trades_effective') / 100)
    if (view.family === 'long') return of('calmar')
    if (view.family === 'options')
      return of('sortino') * evidence - 0.5 * of('max_dd') - 0.2 * of('fold_sharpe_std')
    return of('sharpe') * evidence - (0.1 * of('turnover')) / view.turnoverMax - 0.3 * of('max_dd')
  },
}

/** Runs everything by brute force that the figures need. */
export function viewOf(input: EvaluateInput, rest: Pick<View, 'trials' | 'family' | 'turnoverMax'>): View {
  const config = input.configs[0]!
  const foldSharpes = input.folds
    .map((fold) => sharpe(evaluateByBruteForce({ ...input, folds: [fold] }, config).daily) * annual)
    .filter((each) => Number.isFinite(each))
  return {
    ...{ input, foldSharpes, ...rest },
    run: evaluateByBruteForce(input, config),
    delayed: input.path === null ? null : evaluateByBruteForce(input, config, 1),
    dear: evaluateByBruteForce(input, config, 0, 2),
  }
}
