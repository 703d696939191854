import { SigmaError } from '#shared/errors.ts'
import type { Forest, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { binColumns } from './bin-columns.ts'
import { featureSampler } from './feature-sampler.ts'
import { createForestBuilder, type TreeNodes } from './forest-builder.ts'
import { softmaxColumns, softmaxGradients } from './gradients.ts'
import { createTreeGrower, type TreeLimits } from './grow-tree.ts'
import type { Kernel } from './kernel.ts'
import { withKernel } from './open-kernel.ts'
import { firstIntegers, sampleAscending } from './sampling.ts'

export interface TrainHooks {
  /** That the training may use, 1 unless said; what it gives does not depend on them. */
  threads?: number
  cancelled: () => boolean
  report: (done: number, total: number) => void
}

/** Told after each round which trees it grew, one per output; false ends the training. */
export type RoundWatcher = (nodes: TreeNodes, roots: Int32Array, round: number) => boolean

/**
 * Gradient boosted trees with log loss: one tree a round for two classes, else one for each class.
 * `columns` hold one value a row, NaN for missing; `y` are class indices without −1; `weights` are positive.
 * Byte-identical for one seed. Throws CANCELED.
 */
export function trainForest(
  columns: readonly Float64Array[],
  y: Int8Array,
  weights: Float64Array,
  classes: number,
  spec: ModelSpec,
  hooks: TrainHooks,
  watchRound: RoundWatcher = () => true,
): Forest {
  return withKernel(y.length, columns.length, hooks.threads, (kernel) =>
    boostForest(kernel, columns, y, weights, classes, spec, hooks, watchRound),
  )
}

/** The same on a kernel at hand. */
export function boostForest(
  kernel: Kernel,
  columns: readonly Float64Array[],
  y: Int8Array,
  weights: Float64Array,
  classes: number,
  spec: ModelSpec,
  hooks: TrainHooks,
  watchRound: RoundWatcher,
): Forest {
  const rows = y.length
  let round = 0
  const stopIfCancelled = () => {
    if (hooks.cancelled())
      throw new SigmaError('CANCELED', `training stopped after ${round} of ${spec.n_estimators} rounds`)
  }
  const table = binColumns(kernel, columns, rows, spec.max_bin, stopIfCancelled)
  const random = createRandom(spec.seed)
  const builder = createForestBuilder()
  const grower = createTreeGrower(kernel, rows, boostLimits(spec), builder)
  const outputs = classes === 2 ? 1 : classes
  const baseScore = baseScores(y, weights, classes)
  const margins = Array.from(baseScore, (base) => kernel.float64(rows).fill(base))
  const proba = outputs > 1 ? margins.map(() => new Float64Array(rows)) : []
  const target = kernel.int8(rows)
  target.set(y)
  const weight = kernel.float64(rows)
  weight.set(weights)
  const gradient = kernel.float64(rows)
  const hessian = kernel.float64(rows)
  const picked = kernel.int32(rows)
  const roots = new Int32Array(outputs)
  const all = firstIntegers(rows)
  const sampled = spec.subsample < 1 ? Math.max(1, Math.floor(rows * spec.subsample)) : rows
  const pickFeatures = featureSampler(kernel, table, spec.colsample_bytree, null, random)

  for (; round < spec.n_estimators; round++) {
    stopIfCancelled()
    if (sampled < rows) sampleAscending(random, rows, sampled, all)
    if (outputs > 1) softmaxColumns(margins, proba)
    for (let output = 0; output < outputs; output++) {
      const margin = margins[output]!
      if (outputs === 1) kernel.logisticGradients(margin, target, weight, gradient, hessian)
      else softmaxGradients(proba[output]!, y, weights, output, classes, gradient, hessian)
      picked.set(all)
      const { view, choice } = pickFeatures()
      roots[output] = builder.startTree(output)
      grower.grow(view, choice, gradient, hessian, picked, sampled, margin, stopIfCancelled)
    }
    hooks.report(round + 1, spec.n_estimators)
    if (!watchRound(builder.nodes, roots, round)) break
  }
  return builder.build(classes, baseScore)
}

function boostLimits(spec: ModelSpec): TreeLimits {
  return {
    maxDepth: spec.max_depth,
    maxLeaves: spec.max_leaves ?? Number.POSITIVE_INFINITY,
    minChildSamples: spec.min_child_samples,
    minChildWeight: spec.min_child_weight,
    lambda: spec.reg_lambda,
    gamma: spec.gamma,
    shrinkage: spec.learning_rate,
  }
}

/** Log odds of class 1, or log frequency of each class; a class that never occurs counts as one row in a million. */
export function baseScores(y: Int8Array, weights: Float64Array, classes: number): Float64Array {
  const share = new Float64Array(classes)
  let sum = 0
  for (let i = 0; i < y.length; i++) {
    share[y[i]!]! += weights[i]!
    sum += weights[i]!
  }
  for (let c = 0; c < classes; c++) share[c] = Math.min(1 - 1e-6, Math.max(1e-6, share[c]! / sum))
  if (classes === 2) return Float64Array.of(Math.log(share[1]! / (1 - share[1]!)))
  return share.map(Math.log)
}
