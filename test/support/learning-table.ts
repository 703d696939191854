import type { LearningTable, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { createRandom, type Random } from '#shared/kernels/random.ts'

export const HOUR = 3_600_000

export interface TableShape {
  rows: number
  features: number
  classes?: string[]
  seed?: number
  /** Hours a label lives. */
  horizon?: number
  /** Share of feature values that are NaN. */
  missing?: number
  /** Share of rows without a label. */
  unlabelled?: number
  /** Class of a row from its features; random classes where absent. */
  classOf?: (x: readonly number[], random: Random) => number
}

/** A table of hourly rows with standard normal features. */
export function makeTable(shape: TableShape): LearningTable {
  const { rows, features, seed = 1, horizon = 1, missing = 0, unlabelled = 0 } = shape
  const classes = shape.classes ?? ['DOWN', 'UP']
  const random = createRandom(seed)
  const columns = Array.from({ length: features }, () => new Float64Array(rows))
  const y = new Int8Array(rows)
  const t0 = new Float64Array(rows)
  const t1 = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const x = columns.map(() => random.nextGaussian())
    columns.forEach((column, f) => {
      column[i] = random.next() < missing ? Number.NaN : x[f]!
    })
    const isLabelled = random.next() >= unlabelled
    const drawn = shape.classOf?.(x, random) ?? random.nextInt(classes.length)
    y[i] = isLabelled ? drawn : -1
    t0[i] = i * HOUR
    t1[i] = isLabelled ? (i + horizon) * HOUR : Number.NaN
  }
  const names = columns.map((_, f) => `f${f}`)
  return { rows, features: names, columns, classes, y, t0, t1, weight: new Float64Array(rows).fill(1) }
}

/** A small, quick model; fields given replace its own. */
export function makeSpec(changes: Partial<ModelSpec> = {}): ModelSpec {
  return {
    algorithm: 'gbm',
    seed: 7,
    n_estimators: 60,
    max_depth: 4,
    max_leaves: null,
    learning_rate: 0.1,
    min_child_samples: 5,
    min_child_weight: 1,
    reg_lambda: 1,
    gamma: 0,
    subsample: 1,
    colsample_bytree: 1,
    max_bin: 255,
    ...changes,
  }
}

export const quietHooks = { cancelled: () => false, report: () => {} }

/** Area under the ROC curve; ties count half. */
export function areaUnderCurve(score: ArrayLike<number>, isPositive: ArrayLike<number>): number {
  let wins = 0
  let pairs = 0
  for (let i = 0; i < score.length; i++) {
    if (isPositive[i] !== 1) continue
    for (let j = 0; j < score.length; j++) {
      if (isPositive[j] === 1) continue
      pairs++
      wins += score[i]! > score[j]! ? 1 : score[i]! === score[j]! ? 0.5 : 0
    }
  }
  return wins / pairs
}

/** Column k of row-major n × width values. */
export function columnOf(values: Float64Array, width: number, k: number): Float64Array {
  return Float64Array.from({ length: values.length / width }, (_, i) => values[i * width + k]!)
}
