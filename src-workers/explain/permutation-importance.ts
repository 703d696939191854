import { SigmaError } from '#shared/errors.ts'
import type { LearningTable } from '#shared/jobs/scoring-types.ts'
import { createRandom, type Random } from '#shared/kernels/random.ts'
import { applyCalibrator } from '#workers/calibration/calibrator.ts'
import type { InnerFold } from '#workers/models/cross-fit.ts'
import { probaOf } from '#workers/models/fit-model.ts'
import { scaleColumns } from '#workers/scaling/robust-scaler.ts'
import { createPartialMargin, type PartialMargin } from './partial-margin.ts'

export const SHUFFLES = 5

/** Tree walks and probabilities that all shuffles together may cost, seconds at most; beyond it fewer rows are shuffled. */
const MOST_VISITS = 1e7

/** Of one feature: mean and standard deviation of the log-loss increase over the shuffles. */
export interface PermutationImportance {
  permutation: number
  permutation_std: number
}

interface FoldGround {
  y: Int8Array
  rows: number
  partial: PartialMargin
  fold: InnerFold
  loss: number
  /** Rows of all folds together divide each fold's loss. */
  share: number
}

/**
 * How much worse the out-of-fold log loss gets when one feature's values are shuffled among the rows of each inner fold
 * (Breiman 2001; Fisher, Rudin & Dominici 2019), in the order of the table's features. Rows are scored by models and
 * calibrators that did not see them. Deterministic by seed. Throws CANCELED.
 */
export function permutationImportance(
  table: LearningTable,
  folds: readonly InnerFold[],
  seed: number,
  cancelled: () => boolean,
): PermutationImportance[] {
  const grounds = prepare(table, folds)
  const random = createRandom(seed)
  return table.features.map((_, f) => {
    const increases = new Float64Array(SHUFFLES)
    if (grounds.every(({ partial }) => !partial.uses(f))) return { permutation: 0, permutation_std: 0 }
    for (let k = 0; k < SHUFFLES; k++) {
      if (cancelled()) throw new SigmaError('CANCELED', `importance stopped after ${f} features`)
      for (const ground of grounds) {
        const order = shuffledOrder(ground.rows, random)
        if (!ground.partial.uses(f)) continue
        const margin = ground.partial.shuffled(f, order)
        increases[k]! += ground.share * (lossOf(ground, margin, table.classes.length) - ground.loss)
      }
    }
    return { permutation: mean(increases), permutation_std: deviation(increases) }
  })
}

function prepare(table: LearningTable, folds: readonly InnerFold[]): FoldGround[] {
  const visits = folds.reduce((sum, { model, rows }) => {
    // Each tree is walked once for every feature that it asks.
    const walks = model.algorithm === 'logistic' ? 0 : treesTimesFeatures(model.forest)
    return sum + (walks + table.features.length * model.classes) * rows.length * SHUFFLES
  }, 0)
  const step = Math.max(1, Math.ceil(visits / MOST_VISITS))
  const kept = folds.map((fold) => fold.rows.filter((_, i) => i % step === 0))
  const total = kept.reduce((sum, rows) => sum + rows.length, 0)
  return folds.map((fold, k) => {
    const rows = kept[k]!
    const columns = scaleColumns(fold.model.scaler, table.columns, rows)
    const partial = createPartialMargin(fold.model, columns, rows.length)
    const y = Int8Array.from(rows, (r) => table.y[r]!)
    const ground = { y, rows: rows.length, partial, fold, loss: 0, share: rows.length / total }
    return { ...ground, loss: lossOf(ground, partial.whole, table.classes.length) }
  })
}

function treesTimesFeatures({
  feature,
  treeStart,
  treeOutput,
}: {
  feature: Int32Array
  treeStart: Int32Array
  treeOutput: Int32Array
}): number {
  let count = 0
  for (let t = 0; t < treeOutput.length; t++) {
    const asked = new Set(feature.subarray(treeStart[t]!, treeStart[t + 1]!))
    asked.delete(-1)
    count += asked.size
  }
  return count
}

function lossOf({ y, fold }: Pick<FoldGround, 'y' | 'fold'>, margin: Float64Array, classes: number): number {
  const proba = applyCalibrator(fold.calibrator, probaOf(fold.model, margin), classes)
  let loss = 0
  for (let i = 0; i < y.length; i++) loss -= Math.log(proba[i * classes + y[i]!]!)
  return loss / y.length
}

/** A permutation of 0 … n − 1 (Fisher–Yates). */
function shuffledOrder(n: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = random.nextInt(i + 1)
    const at = order[i]!
    order[i] = order[j]!
    order[j] = at
  }
  return order
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function deviation(values: Float64Array): number {
  const center = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1))
}
