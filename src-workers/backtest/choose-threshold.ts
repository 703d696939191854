import { readHours, type Threshold } from '#shared/decision/position.ts'
import type { StrategyConfig } from '#shared/jobs/evaluate-types.ts'
import { momentsOf } from '#shared/kernels/statistics.ts'
import type { Evaluation, TrainingScores } from './prepare-evaluation.ts'
import { simulate } from './simulate.ts'
import { takePositions } from './take-positions.ts'

/** Fewer training rows than this say nothing about an hour of its own. */
const minHourRows = 30

/** Scored training rows that a choice is made on. */
interface Sample {
  rows: Int32Array
  p: Float64Array
}

/** Sets the threshold of a fold, or of a training, from its cross-fitted training scores alone. */
export function chooseThreshold(
  evaluation: Evaluation,
  training: TrainingScores,
  config: StrategyConfig,
): Threshold {
  const all = { rows: training.innerRows, p: training.innerP }
  const threshold = chooseOn(evaluation, training, config, all)
  if (!config.perHourThresholds) return { threshold, thresholdByHour: null }
  const thresholdByHour = readHours({})!
  for (let hour = 0; hour < thresholdByHour.length; hour++) {
    const ofHour = sampleOfHour(training, evaluation.input.rows.hourEt, hour)
    if (ofHour.rows.length < minHourRows) continue
    thresholdByHour[hour] = chooseOn(evaluation, training, config, ofHour)
  }
  return { threshold, thresholdByHour }
}

function sampleOfHour({ innerRows, innerP }: TrainingScores, hourEt: Int32Array, hour: number): Sample {
  const rows = new Int32Array(innerRows.length)
  const p = new Float64Array(innerRows.length)
  let count = 0
  for (let k = 0; k < innerRows.length; k++) {
    if (hourEt[innerRows[k]!]! !== hour) continue
    rows[count] = innerRows[k]!
    p[count++] = innerP[k]!
  }
  return { rows: rows.subarray(0, count), p: p.subarray(0, count) }
}

function chooseOn(
  evaluation: Evaluation,
  fold: TrainingScores,
  config: StrategyConfig,
  sample: Sample,
): number {
  if (config.kind === 'top_pct') return cutoffOf(sample.p, config.values[0]!)
  const candidates = [...config.values].sort((a, b) => a - b)
  if (candidates.length === 1 || fold.innerWindow === null) return candidates[0]!
  let best = candidates[0]!
  let bestFigure = Number.NEGATIVE_INFINITY
  for (const value of candidates) {
    const figure = trainingFigure(evaluation, fold, config, sample, value)
    // Of equals the lower threshold is kept: it trades at least as often.
    if (figure > bestFigure) {
      best = value
      bestFigure = figure
    }
  }
  return best
}

/**
 * The figure that `selectBy` names, on the training rows; −Infinity where there is none. A test part in the middle counts as flat
 * days: they move every candidate's Sharpe ratio without changing their order.
 */
function trainingFigure(
  evaluation: Evaluation,
  fold: TrainingScores,
  config: StrategyConfig,
  { rows, p }: Sample,
  value: number,
): number {
  const { timeline, fills, tranche, costRate, scratch } = evaluation
  const { position } = scratch
  takePositions(evaluation.input.rows, rows, p, { threshold: value, thresholdByHour: null }, config, position)
  const run = simulate(timeline, fills, rows, position, tranche, costRate, fold.innerWindow!, scratch)
  if (config.selectBy === 'trades') return run.trades
  if (config.selectBy === 'cum_ret') return run.equity - 1
  const { mean, std } = momentsOf(scratch.dayReturn, 0, run.days)
  return std > 0 ? mean / std : Number.NEGATIVE_INFINITY
}

/** Confidence that a share of the scores reaches: the k-th highest max(p, 1 − p), k the share rounded to rows but at least 1. */
export function cutoffOf(p: Float64Array, share: number): number {
  const known = new Float64Array(p.length)
  let count = 0
  for (let k = 0; k < p.length; k++) if (!Number.isNaN(p[k]!)) known[count++] = Math.max(p[k]!, 1 - p[k]!)
  const confidence = known.subarray(0, count).sort()
  if (confidence.length === 0) return 1
  const rows = Math.min(confidence.length, Math.max(1, Math.round(share * confidence.length)))
  return confidence[confidence.length - rows]!
}
