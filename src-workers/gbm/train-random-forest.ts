import { SigmaError } from '#shared/errors.ts'
import type { Forest, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { binColumns } from './bin-columns.ts'
import { featureSampler } from './feature-sampler.ts'
import { createForestBuilder } from './forest-builder.ts'
import { createTreeGrower, type TreeLimits } from './grow-tree.ts'
import type { Kernel } from './kernel.ts'
import { withKernel } from './open-kernel.ts'
import { bootstrapCounts } from './sampling.ts'
import type { TrainHooks } from './train-forest.ts'

/**
 * Random forest (Breiman 2001) on the kernel of the boosted trees: each tree on a bootstrap of the rows, √F features tried at
 * a node, Gini gain, leaves that hold class frequencies. With more than two classes each bootstrap grows one tree a class
 * (that class against the rest), and the frequencies are renormalised on prediction. The margin is the mean frequency.
 * `reg_lambda` and `learning_rate` do not apply. Byte-identical for one seed. Throws CANCELED.
 */
export function trainRandomForest(
  columns: readonly Float64Array[],
  y: Int8Array,
  weights: Float64Array,
  classes: number,
  spec: ModelSpec,
  hooks: TrainHooks,
): Forest {
  return withKernel(y.length, columns.length, hooks.threads, (kernel) =>
    baggedForest(kernel, columns, y, weights, classes, spec, hooks),
  )
}

/** The same on a kernel at hand. */
export function baggedForest(
  kernel: Kernel,
  columns: readonly Float64Array[],
  y: Int8Array,
  weights: Float64Array,
  classes: number,
  spec: ModelSpec,
  hooks: TrainHooks,
): Forest {
  const rows = y.length
  const trees = spec.n_estimators
  let tree = 0
  const stopIfCancelled = () => {
    if (hooks.cancelled())
      throw new SigmaError('CANCELED', `training stopped after ${tree} of ${trees} trees`)
  }
  const table = binColumns(kernel, columns, rows, spec.max_bin, stopIfCancelled)
  const random = createRandom(spec.seed)
  const builder = createForestBuilder()
  const grower = createTreeGrower(kernel, rows, bagLimits(spec), builder)
  const outputs = classes === 2 ? 1 : classes
  const draws = Math.max(1, Math.round(rows * spec.subsample))
  const counts = new Float64Array(rows)
  const gradient = kernel.float64(rows)
  const hessian = kernel.float64(rows)
  const picked = kernel.int32(rows)
  const tried = Math.ceil(Math.sqrt(columns.length))
  const pickFeatures = featureSampler(kernel, table, spec.colsample_bytree, tried, random)

  for (; tree < trees; tree++) {
    stopIfCancelled()
    bootstrapCounts(random, rows, draws, counts)
    for (let output = 0; output < outputs; output++) {
      const target = outputs === 1 ? 1 : output
      let n = 0
      for (let i = 0; i < rows; i++) {
        if (counts[i]! === 0) continue
        picked[n++] = i
        const w = counts[i]! * weights[i]!
        hessian[i] = w
        // With −w·y for a gradient and w for a hessian, a leaf's value −G/H is its weighted class frequency.
        gradient[i] = y[i]! === target ? -w : 0
      }
      const { view, choice } = pickFeatures()
      builder.startTree(output)
      grower.grow(view, choice, gradient, hessian, picked, n, null, stopIfCancelled)
    }
    hooks.report(tree + 1, trees)
  }
  return builder.build(classes, new Float64Array(outputs))
}

function bagLimits(spec: ModelSpec): TreeLimits {
  return {
    maxDepth: spec.max_depth,
    maxLeaves: spec.max_leaves ?? Number.POSITIVE_INFINITY,
    minChildSamples: spec.min_child_samples,
    minChildWeight: spec.min_child_weight,
    lambda: 0,
    gamma: spec.gamma,
    shrinkage: 1 / spec.n_estimators,
  }
}
