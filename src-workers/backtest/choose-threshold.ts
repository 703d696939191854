import type { StrategyConfig } from '#shared/jobs/evaluate-types.ts'
import { momentsOf } from '#shared/kernels/statistics.ts'
import type { EvaluatedFold, Evaluation } from './prepare-evaluation.ts'
import { simulate } from './simulate.ts'
import { type Threshold, takePositions } from './take-positions.ts'

/** Fewer training rows than this say nothing about an hour of its own. */
const minHourRows = 30
const hoursOfDay = 24

/** Sets the threshold of one fold from its cross-fitted training scores alone. */
export function chooseThreshold(
  evaluation: Evaluation,
  fold: EvaluatedFold,
  config: StrategyConfig,
): Threshold {
  const everyIndex = Int32Array.from(fold.innerRows.keys())
  const value = chooseOn(evaluation, fold, config, everyIndex)
  if (!config.perHourThresholds) return { value, byHour: null }
  const { hourEt } = evaluation.input.rows
  const byHour = new Float64Array(hoursOfDay).fill(value)
  for (let hour = 0; hour < hoursOfDay; hour++) {
    const ofHour = everyIndex.filter((k) => hourEt[fold.innerRows[k]!]! === hour)
    if (ofHour.length >= minHourRows) byHour[hour] = chooseOn(evaluation, fold, config, ofHour)
  }
  return { value, byHour }
}

function chooseOn(
  evaluation: Evaluation,
  fold: EvaluatedFold,
  config: StrategyConfig,
  among: Int32Array,
): number {
  const p = Float64Array.from(among, (k) => fold.innerP[k]!)
  if (config.kind === 'top_pct') return cutoffOf(p, config.values[0]!)
  const candidates = [...config.values].sort((a, b) => a - b)
  if (candidates.length === 1 || fold.innerWindow === null) return candidates[0]!
  const rows = Int32Array.from(among, (k) => fold.innerRows[k]!)
  let best = candidates[0]!
  let bestFigure = Number.NEGATIVE_INFINITY
  for (const value of candidates) {
    const figure = trainingFigure(evaluation, fold, config, rows, p, value)
    // Of equals the lower threshold is kept: it trades at least as often.
    if (figure > bestFigure) {
      best = value
      bestFigure = figure
    }
  }
  return best
}

/** The figure that `selectBy` names, on the sessions of the training part; −Infinity where there is none. */
function trainingFigure(
  evaluation: Evaluation,
  fold: EvaluatedFold,
  config: StrategyConfig,
  rows: Int32Array,
  p: Float64Array,
  value: number,
): number {
  const { timeline, fills, tranche, costRate, scratch } = evaluation
  const position = new Float64Array(evaluation.input.rows.rows)
  takePositions(evaluation.input.rows, rows, p, { value, byHour: null }, config, position)
  const run = simulate(
    timeline,
    fills,
    rows,
    position,
    tranche,
    costRate,
    fold.innerWindow!,
    fold.hole,
    scratch,
  )
  if (config.selectBy === 'trades') return run.trades
  if (config.selectBy === 'cum_ret') return run.equity - 1
  const { mean, std } = momentsOf(scratch.dayReturn, 0, run.days)
  return std > 0 ? mean / std : Number.NEGATIVE_INFINITY
}

/** Confidence that a share of the scores reaches: the k-th highest max(p, 1 − p), k the share rounded to rows but at least 1. */
export function cutoffOf(p: Float64Array, share: number): number {
  const confidence = p
    .filter((each) => !Number.isNaN(each))
    .map((each) => Math.max(each, 1 - each))
    .sort()
  if (confidence.length === 0) return 1
  const rows = Math.min(confidence.length, Math.max(1, Math.round(share * confidence.length)))
  return confidence[confidence.length - rows]!
}
