import { describe, expect, it } from 'vitest'
import type { Algorithm, LearningTable } from '#shared/jobs/scoring-types.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { makeSpec, makeTable, quietHooks } from '#test/learning-table.ts'
import { applyCalibrator } from '#workers/calibration/calibrator.ts'
import { permutationImportance, SHUFFLES } from '#workers/explain/permutation-importance.ts'
import { crossFit, type InnerFold } from '#workers/models/cross-fit.ts'
import { rawProba } from '#workers/models/fit-model.ts'

const classOf = (x: readonly number[], random: { nextGaussian: () => number }) =>
  x[0]! + 0.4 * x[1]! + 0.5 * random.nextGaussian() > 0 ? 1 : 0
const never = () => false

function innerFolds(table: LearningTable, algorithm: Algorithm): InnerFold[] {
  const rows = Int32Array.from({ length: table.rows }, (_, i) => i)
  const spec = makeSpec({ algorithm, n_estimators: 20 })
  const inner = crossFit(table, rows, spec, 'sigmoid', 0, () => quietHooks)
  if (typeof inner === 'string') throw new Error(inner)
  return inner.folds
}

/** The definition, scored whole: shuffle a column among a fold's rows, score all rows anew, compare the losses. */
function slowImportance(table: LearningTable, folds: InnerFold[], seed: number): number[] {
  const random = createRandom(seed)
  const lossOf = (fold: InnerFold, columns: Float64Array[]) => {
    const proba = applyCalibrator(fold.calibrator, rawProba(fold.model, columns, fold.rows), 2)
    return fold.rows.reduce((sum, r, i) => sum - Math.log(proba[i * 2 + table.y[r]!]!), 0)
  }
  const rows = folds.reduce((sum, fold) => sum + fold.rows.length, 0)
  return table.columns.map((column, f) => {
    let sum = 0
    for (let k = 0; k < SHUFFLES; k++) {
      for (const fold of folds) {
        const order = fold.rows.slice()
        for (let i = order.length - 1; i > 0; i--) {
          const j = random.nextInt(i + 1)
          ;[order[i], order[j]] = [order[j]!, order[i]!]
        }
        const changed = column.slice()
        fold.rows.forEach((r, i) => {
          changed[r] = column[order[i]!]!
        })
        const columns = table.columns.with(f, changed)
        sum += lossOf(fold, columns) - lossOf(fold, table.columns)
      }
    }
    return sum / rows / SHUFFLES
  })
}

describe('permutation importance', () => {
  for (const algorithm of ['gbm', 'rf', 'logistic'] as const) {
    it(`is the log loss that scoring every row anew with a shuffled column adds: ${algorithm}`, () => {
      const table = makeTable({ rows: 300, features: 4, seed: 5, missing: 0.1, classOf })
      const folds = innerFolds(table, algorithm)
      const fast = permutationImportance(table, folds, 11, never)
      slowImportance(table, folds, 11).forEach((value, f) => {
        expect(fast[f]!.permutation).toBeCloseTo(value, 10)
      })
      expect(permutationImportance(table, folds, 11, never)).toEqual(fast)
      const order = fast.map(({ permutation }) => permutation)
      expect(order.indexOf(Math.max(...order))).toBe(0)
      expect(fast[0]!.permutation).toBeGreaterThan(4 * fast[0]!.permutation_std)
    })
  }

  it('is exactly zero for a constant feature', () => {
    const table = makeTable({ rows: 300, features: 3, seed: 5, classOf })
    table.columns[2]!.fill(1)
    const fast = permutationImportance(table, innerFolds(table, 'gbm'), 1, never)
    expect(fast[2]).toEqual({ permutation: 0, permutation_std: 0 })
  })

  it('stops when it is asked to', () => {
    const table = makeTable({ rows: 200, features: 2, seed: 5, classOf })
    expect(() => permutationImportance(table, innerFolds(table, 'gbm'), 1, () => true)).toThrow('stopped')
  })
})
