import type { Forest, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { makeSpec } from '#test/learning-table.ts'

export interface RandomFit {
  columns: Float64Array[]
  y: Int8Array
  weights: Float64Array
  classes: number
  spec: ModelSpec
}

/** Something to train on of any shape: few and many rows, ties, missing values, weights, samples, limits. */
export function randomFit(seed: number): RandomFit {
  const random = createRandom(seed)
  const oneOf = <T>(...choices: T[]): T => choices[random.nextInt(choices.length)]!
  const rows = oneOf(30, 201, 443, 1500, 4000)
  const features = 1 + random.nextInt(20)
  const classes = oneOf(2, 2, 3, 4)
  const missing = oneOf(0, 0.15)
  const columns = Array.from({ length: features }, () => {
    const levels = oneOf(0, 0, 3, 40)
    return Float64Array.from({ length: rows }, () => {
      const x = random.nextGaussian()
      if (random.next() < missing) return Number.NaN
      return levels === 0 ? x : Math.round(x * levels) / levels
    })
  })
  const y = Int8Array.from({ length: rows }, (_, i) => {
    const score = (columns[0]![i]! || 0) + random.nextGaussian() + classes / 2
    return Math.min(classes - 1, Math.max(0, Math.floor(score)))
  })
  const isWeighted = oneOf(true, false)
  const weights = Float64Array.from({ length: rows }, () => (isWeighted ? 0.2 + 2 * random.next() : 1))
  const spec = makeSpec({
    seed,
    n_estimators: 8,
    max_depth: 1 + random.nextInt(8),
    max_leaves: oneOf(null, null, 2 + random.nextInt(20)),
    learning_rate: oneOf(0.1, 0.4, 8),
    min_child_samples: oneOf(1, 5, 20),
    min_child_weight: oneOf(0, 0.001, 1, 5),
    reg_lambda: oneOf(0, 1, 3),
    gamma: oneOf(0, 0, 0, 0.5),
    subsample: oneOf(1, 0.7),
    colsample_bytree: oneOf(1, 0.6),
    max_bin: oneOf(15, 63, 255),
  })
  return { columns, y, weights, classes, spec }
}

/** Every bit of a forest. */
export function bytesOf(forest: Forest): string {
  const arrays = Object.values(forest).filter(ArrayBuffer.isView)
  return arrays.map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength).toString('base64')).join()
}
