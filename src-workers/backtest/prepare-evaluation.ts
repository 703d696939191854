import type { Reliability } from '#shared/contract/tear-sheet.ts'
import { SigmaError } from '#shared/errors.ts'
import type { EvaluateInput } from '#shared/jobs/evaluate-types.ts'
import type { FoldScores } from '#shared/jobs/scoring-types.ts'
import { directionalProbability } from '#shared/kernels/directional-probability.ts'
import { type Fills, planFills } from './fills.ts'
import { measureReliability } from './measure-reliability.ts'
import { type ModelQuality, measureModel } from './model-quality.ts'
import { makeScratch, type Scratch, type Window } from './simulate.ts'
import { buildTimeline, type Timeline } from './timeline.ts'

/** What a threshold is chosen on. */
export interface TrainingScores {
  /** Training rows with a cross-fitted score whose trade ends clear of the test part. */
  innerRows: Int32Array
  innerP: Float64Array
  innerWindow: Window | null
}

/** One outer fold, ready to trade: directional probabilities and the bars it may see. */
export interface EvaluatedFold extends TrainingScores {
  scores: FoldScores
  testRows: Int32Array
  testP: Float64Array
  testWindow: Window
  quality: ModelQuality
}

/** Everything the configurations of one job share. */
export interface Evaluation {
  input: EvaluateInput
  timeline: Timeline
  fills: Fills
  /** Fills one bar later, null without a price path. */
  lateFills: Fills | null
  costRate: number
  tranche: number
  folds: EvaluatedFold[]
  /** Rows tested by any fold, in time order, and by how many. */
  testedRows: Int32Array
  testedBy: Uint16Array
  /** The first fold that tests each row, −1 for none. */
  foldOf: Int32Array
  window: Window | null
  lateWindow: Window | null
  quality: ModelQuality
  reliability: Reliability | null
  scratch: Scratch
}

/** @throws INVALID_PARAM where the fill rule and the price path do not go together or a class is missing */
export function prepareEvaluation(input: EvaluateInput): Evaluation {
  const { rows, path, fill, classes } = { ...input, classes: input.rows.classes }
  if ((path === null) !== (fill === 'return_column' || fill === 'direction')) {
    throw new SigmaError('INVALID_PARAM', `fill ${fill} ${path === null ? 'needs' : 'excludes'} a price path`)
  }
  if (!(input.horizonBars >= 1)) {
    throw new SigmaError('INVALID_PARAM', `horizonBars must be 1 or more, got ${input.horizonBars}`)
  }
  const timeline = buildTimeline(input)
  const fills = planFills(input, 0)
  const lateFills = path === null ? null : planFills(input, 1)
  const folds: EvaluatedFold[] = []
  const testedBy = new Uint16Array(rows.rows)
  const foldOf = new Int32Array(rows.rows).fill(-1)
  for (const scores of input.folds) {
    if (scores.skipped !== null || scores.testRows.length === 0) continue
    folds.push(prepareFold(input, scores, timeline, fills))
    for (const row of scores.testRows) {
      if (testedBy[row]!++ === 0) foldOf[row] = scores.fold
    }
  }
  const tested: number[] = []
  for (let i = 0; i < rows.rows; i++) if (testedBy[i]! > 0) tested.push(i)
  const testedRows = Int32Array.from(tested)
  const usedScores = folds.map(({ scores }) => scores)
  return {
    input,
    timeline,
    fills,
    lateFills,
    costRate: fill === 'direction' ? 0 : input.slippageBps / 1e4,
    tranche: 1 / input.horizonBars,
    folds,
    testedRows,
    testedBy,
    foldOf,
    window: windowOf(input, testedRows, timeline, fills),
    lateWindow: lateFills === null ? null : windowOf(input, testedRows, timeline, lateFills),
    quality: measureModel(rows.y, classes.length, usedScores),
    reliability: measureReliability(rows.y, classes, usedScores),
    scratch: makeScratch(timeline, rows.rows),
  }
}

function prepareFold(
  input: EvaluateInput,
  scores: FoldScores,
  timeline: Timeline,
  fills: Fills,
): EvaluatedFold {
  const { classes } = input.rows
  const testWindow = windowOf(input, scores.testRows, timeline, fills)!
  const tested = spanOf(input, scores.testRows, fills)
  // A fill may come a bar after the label's end, so purging by labels alone could let a training trade see the test part.
  const isClear = (row: number) => fills.last[row]! < tested.from || barOf(input, row) > tested.to
  return {
    ...keepTradable({ input, timeline, fills }, scores.innerRows, scores.innerProba, isClear),
    scores,
    testRows: scores.testRows,
    testP: directionalProbability(scores.testProba, classes),
    testWindow,
    quality: measureModel(input.rows.y, classes.length, [scores]),
  }
}

/** The cross-fitted scores of a training that leaves nothing to test: all that could have been traded count. */
export function prepareTraining(
  evaluation: Evaluation,
  innerRows: Int32Array,
  innerProba: Float64Array,
): TrainingScores {
  return keepTradable(evaluation, innerRows, innerProba, () => true)
}

function keepTradable(
  { input, timeline, fills }: Pick<Evaluation, 'input' | 'timeline' | 'fills'>,
  rows: Int32Array,
  proba: Float64Array,
  isClear: (row: number) => boolean,
): TrainingScores {
  const p = directionalProbability(proba, input.rows.classes)
  const kept: number[] = []
  for (let k = 0; k < rows.length; k++) if (fills.last[rows[k]!]! >= 0 && isClear(rows[k]!)) kept.push(k)
  const innerRows = Int32Array.from(kept, (k) => rows[k]!)
  return {
    innerRows,
    innerP: Float64Array.from(kept, (k) => p[k]!),
    innerWindow: windowOf(input, innerRows, timeline, fills),
  }
}

/** Bar at whose close a row is decided; without a path the row itself. */
function barOf({ path, rows }: EvaluateInput, row: number): number {
  return path === null ? row : rows.bar[row]!
}

/** Bars from the first decision to the last exit that any of the rows could have. */
function spanOf(input: EvaluateInput, rows: Int32Array, fills: Fills): Window {
  const span = { from: Number.POSITIVE_INFINITY, to: -1 }
  for (const row of rows) {
    span.from = Math.min(span.from, barOf(input, row))
    span.to = Math.max(span.to, barOf(input, row), fills.last[row]!)
  }
  return span
}

/** The same in whole sessions, traded or not, so that all configurations share their days; null without rows. */
function windowOf(input: EvaluateInput, rows: Int32Array, timeline: Timeline, fills: Fills): Window | null {
  if (rows.length === 0) return null
  const window = spanOf(input, rows, fills)
  const { session, bars } = timeline
  while (window.from > 0 && session[window.from - 1]! === session[window.from]!) window.from--
  while (window.to + 1 < bars && session[window.to + 1]! === session[window.to]!) window.to++
  return window
}
