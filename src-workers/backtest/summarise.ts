import { RunMetrics } from '#shared/contract/metrics.ts'
import { drawdownOf, expectedShortfall, sortinoOf, tradeFigures } from '#shared/kernels/performance.ts'
import {
  minTrackRecordLength,
  momentsOf,
  probabilisticSharpe,
  sharpeError,
  sharpeOf,
} from '#shared/kernels/statistics.ts'
import { averageUniqueness } from '#shared/kernels/uniqueness.ts'
import type { Fills } from './fills.ts'
import type { Scratch, Simulation } from './simulate.ts'

const sessionsPerYear = 252
const annual = Math.sqrt(sessionsPerYear)
/** Two-sided 95 % of the normal distribution. */
const z95 = 1.959963984540054

/** Every figure unknown: what a run without any tested row has. */
export function emptyMetrics(): RunMetrics {
  return Object.fromEntries(Object.keys(RunMetrics.properties).map((key) => [key, null])) as RunMetrics
}

/** Sharpe ratio a year of the simulation whose days are in the scratch. */
export function annualSharpe(run: Simulation, { dayReturn }: Scratch): number | null {
  return known(sharpeOf(momentsOf(dayReturn, 0, run.days)) * annual)
}

/** Per-bar Sharpe ratio a year of the simulation whose bars are in the scratch. */
export function barSharpe(run: Simulation, { barReturn }: Scratch, barsPerSession: number): number | null {
  return known(sharpePerYear(sharpeOf(momentsOf(barReturn, 0, run.bars)), barsPerSession))
}

/** A Sharpe ratio per observation for a year, of so many observations a session. */
export function sharpePerYear(sharpe: number, perSession: number): number {
  return sharpe * Math.sqrt(sessionsPerYear * perSession)
}

/**
 * The figures of one simulation that need nothing beyond it. Reads the scratch, so it must come before the next simulation.
 * @param tradeReturns net return of each closed trade
 * @param tradeRows its row, for the lives of trades
 */
export function summarise(
  run: Simulation,
  scratch: Scratch,
  fills: Fills,
  timelineBars: number,
  barsPerSession: number,
  tradeReturns: Float64Array,
  tradeRows: Int32Array,
): Partial<RunMetrics> {
  const daily = scratch.dayReturn.slice(0, run.days)
  const moments = momentsOf(daily)
  const sharpe = sharpeOf(moments)
  const estimate = { ...moments, sharpe }
  const error = sharpeError(estimate)
  const { depth, underwater } = drawdownOf(daily)
  const cagr = run.equity ** (sessionsPerYear / run.days) - 1
  const trades = tradeFigures(tradeReturns)
  let worst = 0
  for (const r of daily) if (-r > worst) worst = -r
  const perYear = sessionsPerYear / run.days
  return {
    sharpe: known(sharpe * annual),
    sharpe_se: known(error * annual),
    sharpe_low: known((sharpe - z95 * error) * annual),
    sharpe_high: known((sharpe + z95 * error) * annual),
    sharpe_hourly: barSharpe(run, scratch, barsPerSession),
    sortino: known(sortinoOf(daily) * annual),
    cum_return: known(run.equity - 1),
    cagr: known(cagr),
    calmar: known(cagr / depth),
    max_dd: known(depth),
    underwater_days: underwater,
    es95: known(expectedShortfall(tradeReturns)),
    es95_daily: known(expectedShortfall(daily)),
    worst_day: worst,
    mean_loss: known(trades.meanLoss),
    win_rate: known(trades.winRate),
    profit_factor: known(trades.profitFactor),
    expectancy: known(trades.expectancy),
    turnover: known(run.traded * perYear),
    exposure: known(run.exposed / run.bars),
    trades: run.trades,
    trades_effective: effectiveTrades(fills, tradeRows, timelineBars),
    trades_per_year: known(run.trades * perYear),
    cost_paid: run.paid,
    breakeven_cost_bps: known((run.gross / run.traded) * 1e4),
    sessions: run.days,
    psr: known(probabilisticSharpe(estimate)),
    min_track_days: known(minTrackRecordLength(estimate)),
  }
}

/** Number of trades, each counted by the average uniqueness of the bars it lives over. */
function effectiveTrades(fills: Fills, rows: Int32Array, bars: number): number {
  const count = rows.length
  const first = new Int32Array(count)
  const last = new Int32Array(count)
  for (let t = 0; t < count; t++) {
    first[t] = fills.first[rows[t]!]!
    last[t] = fills.last[rows[t]!]!
  }
  const uniqueness = new Float64Array(count)
  averageUniqueness(first, last, bars, uniqueness)
  let sum = 0
  for (let t = 0; t < count; t++) sum += uniqueness[t]!
  return sum
}

/** null for what has no value: a zero denominator, too few observations. */
export function known(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
