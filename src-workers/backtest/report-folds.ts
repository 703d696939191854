import type { FoldReport } from '#shared/contract/metrics.ts'
import { keepHours, type Threshold } from '#shared/decision/position.ts'
import type { StrategyConfig } from '#shared/jobs/evaluate-types.ts'
import type { FoldScores } from '#shared/jobs/scoring-types.ts'
import { listTrades } from './list-trades.ts'
import type { EvaluatedFold, Evaluation } from './prepare-evaluation.ts'
import { simulate } from './simulate.ts'
import { known, summarise } from './summarise.ts'
import { takePositions } from './take-positions.ts'

/** One fold as a record of its own: its positions from flat to flat. */
export function reportFold(
  evaluation: Evaluation,
  fold: EvaluatedFold,
  config: StrategyConfig,
  threshold: Threshold,
): FoldReport {
  const { input, timeline, fills, tranche, costRate, scratch } = evaluation
  const { testRows, testP, testWindow, scores, quality } = fold
  const position = new Float64Array(input.rows.rows)
  takePositions(input.rows, testRows, testP, threshold, config, position)
  const foldOf = new Int32Array(input.rows.rows).fill(scores.fold)
  const trades = listTrades(fills, testRows, position, costRate, foldOf)
  const run = simulate(timeline, fills, testRows, position, tranche, costRate, testWindow, scratch)
  return {
    ...reportFrame(input.rows.ts, scores),
    threshold: threshold.threshold,
    thresholds_by_hour: keepHours(threshold.thresholdByHour),
    metrics: {
      ...summarise(run, scratch, fills, timeline.bars, input.barsPerSession, trades.ret, trades.row),
      log_loss: known(quality.logLoss),
      brier: known(quality.brier),
      accuracy: known(quality.accuracy),
    },
  }
}

/** A fold that was not used, with the reason. */
export function reportSkippedFold(ts: Float64Array, scores: FoldScores): FoldReport {
  return {
    ...reportFrame(ts, scores),
    skipped: scores.skipped ?? 'no rows to test',
    threshold: null,
    thresholds_by_hour: null,
    metrics: {},
  }
}

function reportFrame(
  ts: Float64Array,
  scores: FoldScores,
): Omit<FoldReport, 'threshold' | 'thresholds_by_hour' | 'metrics'> {
  const { testRows } = scores
  const instant = (row: number | undefined) =>
    row === undefined || row < 0 ? null : new Date(ts[row]!).toISOString()
  return {
    fold: scores.fold,
    train_start: instant(scores.trainFirst),
    train_end: instant(scores.trainLast),
    test_start: instant(testRows[0]),
    test_end: instant(testRows[testRows.length - 1]),
    train_rows: scores.trainRows,
    test_rows: testRows.length,
    purged_rows: scores.purgedRows,
    embargoed_rows: scores.embargoedRows,
    skipped: scores.skipped,
  }
}
