import type { FoldReport } from '#shared/contract/metrics.ts'
import type { Stressed } from '#shared/contract/tear-sheet.ts'
import type { EvaluateResult, StrategyConfig, TradeColumns } from '#shared/jobs/evaluate-types.ts'
import { drawdownOf } from '#shared/kernels/performance.ts'
import { momentsOf } from '#shared/kernels/statistics.ts'
import { chooseThreshold } from './choose-threshold.ts'
import { combinePositions } from './combine-positions.ts'
import { compound } from './compound.ts'
import { evaluatePaths } from './evaluate-paths.ts'
import { listTrades } from './list-trades.ts'
import type { Evaluation } from './prepare-evaluation.ts'
import { reportFold, reportSkippedFold } from './report-folds.ts'
import { reportThresholds } from './report-thresholds.ts'
import { type Scratch, type Simulation, simulate } from './simulate.ts'
import { annualSharpe, emptyMetrics, known, summarise } from './summarise.ts'

/** Trades, equity and figures of one configuration; thresholds are chosen per fold on its training part only. */
export function evaluateConfig(evaluation: Evaluation, config: StrategyConfig): EvaluateResult {
  const { folds, input } = evaluation
  const thresholds = folds.map((fold) => chooseThreshold(evaluation, fold, config))
  const reports = new Map<number, FoldReport>()
  folds.forEach((fold, k) => {
    reports.set(fold.scores.fold, reportFold(evaluation, fold, config, thresholds[k]!))
  })
  const foldReports = input.folds.map(
    (scores) => reports.get(scores.fold) ?? reportSkippedFold(input.rows.ts, scores),
  )
  const { window, timeline, fills, tranche, costRate, scratch, testedRows, foldOf } = evaluation
  if (window === null) return untested(foldReports)

  const position = combinePositions(evaluation, config, thresholds)
  const trades = listTrades(fills, testedRows, position, costRate, foldOf)
  const run = simulate(timeline, fills, testedRows, position, tranche, costRate, window, scratch)
  const metrics = {
    ...emptyMetrics(),
    ...summarise(run, scratch, fills, timeline.bars, input.barsPerSession, trades.ret, trades.row),
    ...qualityMetrics(evaluation),
    ...foldSharpes(foldReports),
  }
  const dailyReturn = scratch.dayReturn.slice(0, run.days)
  const session = scratch.daySession.slice(0, run.days)
  const { skewness, kurtosis } = momentsOf(dailyReturn)

  const tradable = testedRows.filter((i) => fills.first[i]! >= 0)
  metrics.realised_share = known(trades.row.length / tradable.length)
  const dear = simulate(timeline, fills, testedRows, position, tranche, 2 * costRate, window, scratch)
  const sensitivity = { double_cost: stressed(dear, scratch), delay_1: delayed(evaluation, position) }
  metrics.sharpe_double_cost = sensitivity.double_cost.sharpe
  metrics.sharpe_delay_1 = sensitivity.delay_1?.sharpe ?? null

  const paths = evaluatePaths(evaluation, config, thresholds)
  const thresholdResults = config.reportEach ? reportThresholds(evaluation, config) : []
  const best = (figures: (number | null)[], own: number | null) =>
    figures.length === 0 ? own : figures.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null)
  return {
    metrics,
    folds: foldReports,
    thresholdResults,
    bestSharpeHourly: best(
      thresholdResults.map((row) => row.sharpe_hourly),
      metrics.sharpe_hourly,
    ),
    bestCumRet: best(
      thresholdResults.map((row) => row.cum_ret),
      metrics.cum_return,
    ),
    session,
    equity: compound(dailyReturn),
    dailyReturn,
    trades,
    paths,
    hours: tabulateHours(trades, input.rows.hourEt),
    sensitivity,
    reliability: evaluation.reliability,
    skewness: known(skewness),
    kurtosis: known(kurtosis),
    notes: notesOf(evaluation, position),
  }
}

/** Reads the scratch, so it must come before the next simulation. */
function stressed(run: Simulation, scratch: Scratch): Stressed {
  return {
    sharpe: annualSharpe(run, scratch),
    cum_return: known(run.equity - 1),
    max_dd: known(drawdownOf(scratch.dayReturn.subarray(0, run.days)).depth),
  }
}

/** Every fill one bar later; null without a price path. */
function delayed(evaluation: Evaluation, position: Float64Array): Stressed | null {
  const { lateFills, lateWindow, timeline, testedRows, tranche, costRate, scratch } = evaluation
  if (lateFills === null || lateWindow === null) return null
  return stressed(
    simulate(timeline, lateFills, testedRows, position, tranche, costRate, lateWindow, scratch),
    scratch,
  )
}

function untested(folds: FoldReport[]): EvaluateResult {
  const none = () => new Float64Array(0)
  return {
    metrics: { ...emptyMetrics(), sessions: 0 },
    folds,
    thresholdResults: [],
    bestSharpeHourly: null,
    bestCumRet: null,
    session: new Int32Array(0),
    equity: none(),
    dailyReturn: none(),
    trades: {
      entryTs: none(),
      exitTs: none(),
      side: new Int8Array(0),
      size: none(),
      entry: none(),
      exit: none(),
      ret: none(),
      fold: new Int32Array(0),
      row: new Int32Array(0),
    },
    paths: null,
    hours: [],
    sensitivity: null,
    reliability: null,
    skewness: null,
    kurtosis: null,
    notes: ['every fold was skipped: nothing is out of sample'],
  }
}

function qualityMetrics({ quality }: Evaluation) {
  return {
    log_loss: known(quality.logLoss),
    log_loss_base: known(quality.logLossBase),
    brier: known(quality.brier),
    brier_base: known(quality.brierBase),
    accuracy: known(quality.accuracy),
  }
}

function foldSharpes(folds: readonly FoldReport[]) {
  const sharpes = folds.map(({ metrics }) => metrics.sharpe ?? null).filter((sharpe) => sharpe !== null)
  const { mean, std } = momentsOf(Float64Array.from(sharpes))
  return {
    fold_sharpe_mean: known(mean),
    fold_sharpe_std: known(std),
    fold_sharpe_min: known(Math.min(...sharpes)),
  }
}

function tabulateHours({ ret, row }: TradeColumns, hourEt: Int32Array): EvaluateResult['hours'] {
  const trades = new Int32Array(24)
  const won = new Int32Array(24)
  const sum = new Float64Array(24)
  for (let t = 0; t < row.length; t++) {
    const hour = hourEt[row[t]!]!
    if (hour < 0) continue
    trades[hour]!++
    sum[hour]! += ret[t]!
    if (ret[t]! > 0) won[hour]!++
  }
  const table: EvaluateResult['hours'] = []
  trades.forEach((count, hour) => {
    if (count === 0) return
    table.push({ hour, trades: count, win_rate: won[hour]! / count, mean_ret: sum[hour]! / count })
  })
  return table
}

function notesOf({ input, fills, testedRows }: Evaluation, position: Float64Array): string[] {
  const notes: string[] = []
  const isUnfilled = (i: number) =>
    position[i]! !== 0 &&
    fills.first[i]! < 0 &&
    (input.path === null ? input.rows.y : input.rows.exitBar)[i]! >= 0
  const unfilled = testedRows.filter(isUnfilled).length
  if (unfilled > 0) {
    const signals = unfilled === 1 ? '1 signal was' : `${unfilled} signals were`
    // Without a path a trade is booked by its row's return; nothing there is a price.
    const missing = input.path === null ? 'no return given' : 'no price at entry or exit'
    notes.push(`${signals} not filled: ${missing}`)
  }
  if (input.fill === 'direction') notes.push('no returns given: a hit counts +1 % of equity, a miss −1 %')
  return notes
}
