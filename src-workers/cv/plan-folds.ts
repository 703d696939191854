import { SigmaError } from '#shared/errors.ts'
import type { CvSpec } from '#shared/jobs/scoring-types.ts'
import { type LabelLives, type Span, spanOf, touches } from './label-spans.ts'
import { whySkipped } from './why-skipped.ts'

export interface FoldPlan {
  fold: number
  /** Labelled rows to learn from, ascending. */
  trainRows: Int32Array
  /** Rows to score, ascending, labelled or not. */
  testRows: Int32Array
  /** Labelled rows taken out because their life touches the test span, and because they lie in the embargo. */
  purgedRows: number
  embargoedRows: number
  /** Why the fold cannot be used. */
  skipped: string | null
}

/** Fewest training rows of an outer and of an inner fold. */
export const LEAST_TRAIN_ROWS = 50
export const LEAST_INNER_ROWS = 30
const CPCV_TEST_GROUPS = 2

/**
 * Outer folds in time order. `walk_forward`: `splits` + 1 blocks, each but the first tested by what lies before it.
 * `purged_kfold` (AFML 7): `splits` blocks, each tested by all others. `cpcv` (AFML 12): `splits` groups, each pair of them
 * tested by the rest. Rows must be ascending in t0. Throws INVALID_PARAM on fewer splits than the scheme needs.
 */
export function planFolds(spec: CvSpec, lives: LabelLives): FoldPlan[] {
  const least = spec.scheme === 'walk_forward' ? 1 : spec.scheme === 'cpcv' ? CPCV_TEST_GROUPS + 1 : 2
  if (!Number.isInteger(spec.splits) || spec.splits < least) {
    throw new SigmaError(
      'INVALID_PARAM',
      `cv splits of ${spec.scheme} must be at least ${least}, got ${spec.splits}`,
    )
  }
  const embargo = embargoRows(spec.embargo, lives.rows)
  const all = Int32Array.from({ length: lives.rows }, (_, i) => i)
  if (spec.scheme === 'walk_forward') {
    const edges = blockEdges(lives.rows, spec.splits + 1)
    return Array.from({ length: spec.splits }, (_, k) =>
      walkForwardFold(k, all, edges[k + 1]!, edges[k + 2]!, embargo, lives),
    )
  }
  const edges = blockEdges(lives.rows, spec.splits)
  const plans: FoldPlan[] = []
  for (let i = 0; i < spec.splits; i++) {
    if (spec.scheme === 'purged_kfold') {
      plans.push(blockFold(plans.length, all, [[edges[i]!, edges[i + 1]!]], embargo, lives, LEAST_TRAIN_ROWS))
      continue
    }
    for (let j = i + 1; j < spec.splits; j++) {
      const groups: [number, number][] =
        j === i + 1
          ? [[edges[i]!, edges[j + 1]!]]
          : [
              [edges[i]!, edges[i + 1]!],
              [edges[j]!, edges[j + 1]!],
            ]
      plans.push(blockFold(plans.length, all, groups, embargo, lives, LEAST_TRAIN_ROWS))
    }
  }
  return plans
}

/** Purged k-fold inside a training part; test rows are labelled here, for `rows` are. */
export function planInnerFolds(
  rows: Int32Array,
  folds: number,
  embargo: number,
  lives: LabelLives,
): FoldPlan[] {
  const edges = blockEdges(rows.length, folds)
  const gap = embargoRows(embargo, rows.length)
  return Array.from({ length: folds }, (_, k) =>
    blockFold(k, rows, [[edges[k]!, edges[k + 1]!]], gap, lives, LEAST_INNER_ROWS),
  )
}

/** Whole rows of an embargo given as a fraction, rounded up (less the error of the product). */
function embargoRows(fraction: number, rows: number): number {
  return Math.ceil(fraction * rows - 1e-9)
}

function blockEdges(rows: number, blocks: number): Int32Array {
  return Int32Array.from({ length: blocks + 1 }, (_, k) => Math.floor((k * rows) / blocks))
}

function walkForwardFold(
  fold: number,
  rows: Int32Array,
  start: number,
  end: number,
  embargo: number,
  lives: LabelLives,
): FoldPlan {
  const span = spanOf(lives, rows, start, end)
  const train: number[] = []
  let purged = 0
  let embargoed = 0
  for (let i = 0; i < start; i++) {
    if (lives.y[i]! < 0) continue
    if (touches(lives, i, span)) purged++
    else if (i >= start - embargo) embargoed++
    else train.push(i)
  }
  return finishPlan(fold, train, rows.slice(start, end), purged, embargoed, lives, LEAST_TRAIN_ROWS)
}

/** One or more runs of `rows` are tested, the rest trains; the embargo follows each run's span. */
function blockFold(
  fold: number,
  rows: Int32Array,
  groups: readonly (readonly [number, number])[],
  embargo: number,
  lives: LabelLives,
  least: number,
): FoldPlan {
  const isTest = new Uint8Array(rows.length)
  const isEmbargoed = new Uint8Array(rows.length)
  const spans: Span[] = []
  for (const [start, end] of groups) {
    const span = spanOf(lives, rows, start, end)
    spans.push(span)
    isTest.fill(1, start, end)
    let after = end
    while (after < rows.length && lives.t0[rows[after]!]! <= span.last) after++
    isEmbargoed.fill(1, after, Math.min(rows.length, after + embargo))
  }
  const train: number[] = []
  const test: number[] = []
  let purged = 0
  let embargoed = 0
  for (let i = 0; i < rows.length; i++) {
    const r = rows[i]!
    if (isTest[i] === 1) test.push(r)
    else if (lives.y[r]! < 0) continue
    else if (spans.some((span) => touches(lives, r, span))) purged++
    else if (isEmbargoed[i] === 1) embargoed++
    else train.push(r)
  }
  return finishPlan(fold, train, Int32Array.from(test), purged, embargoed, lives, least)
}

function finishPlan(
  fold: number,
  train: number[],
  testRows: Int32Array,
  purgedRows: number,
  embargoedRows: number,
  lives: LabelLives,
  least: number,
): FoldPlan {
  const trainRows = Int32Array.from(train)
  const skipped = testRows.length === 0 ? 'no rows to test' : whySkipped(trainRows, lives.y, least)
  return { fold, trainRows, testRows, purgedRows, embargoedRows, skipped }
}
