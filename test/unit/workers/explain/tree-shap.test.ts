import { describe, expect, it } from 'vitest'
import type { Algorithm } from '#shared/jobs/scoring-types.ts'
import { makeSpec, makeTable, quietHooks, type TableShape } from '#test/learning-table.ts'
import { explainModel } from '#workers/explain/explain-model.ts'
import { treeShap } from '#workers/explain/tree-shap.ts'
import { explainRows } from '#workers/jobs/explain-rows.ts'
import { fitModel, rawProba } from '#workers/models/fit-model.ts'
import { scaleColumns } from '#workers/scaling/robust-scaler.ts'
import { shapleyOf } from './brute-force.ts'

const context = { report: () => {}, cancelled: () => false }
const three = ['DOWN', 'FLAT', 'UP']
const signClass: NonNullable<TableShape['classOf']> = (x, random) =>
  x[0]! + x[1]! * x[2]! + 0.5 * random.nextGaussian() > 0 ? 1 : 0
const threeClass: NonNullable<TableShape['classOf']> = (x) => (x[0]! * x[1]! > 0.4 ? 2 : x[2]! < -0.3 ? 0 : 1)

function explained(algorithm: Algorithm, shape: Partial<TableShape>, changes = {}) {
  const table = makeTable({ rows: 300, features: 5, seed: 3, classOf: signClass, ...shape })
  // Weights that differ, as overlapping labels have them.
  table.weight = table.weight.map((_, i) => 0.25 + (i % 7) / 4)
  const rows = Int32Array.from({ length: table.rows }, (_, i) => i)
  const model = fitModel(table, rows, makeSpec({ algorithm, n_estimators: 12, ...changes }), quietHooks)
  const explanation = explainModel(model, { kind: 'none' }, table, rows)
  return { table, rows, model, explanation }
}

describe('contributions of a forest', () => {
  for (const algorithm of ['gbm', 'rf'] as const) {
    for (const [name, shape] of [
      ['two classes', {}],
      ['missing values', { missing: 0.3 }],
      ['three classes', { classes: three, classOf: threeClass, missing: 0.1 }],
    ] as const) {
      it(`are the Shapley values that all subsets of features give: ${algorithm}, ${name}`, () => {
        const { table, rows, explanation } = explained(algorithm, shape)
        if (explanation.algorithm === 'logistic') throw new Error('a forest was asked for')
        const { forest, cover } = explanation
        const scaled = scaleColumns(explanation.scaler, table.columns, rows)
        const { values } = treeShap(forest, cover, scaled, table.rows)
        for (let r = 0; r < 12; r++) {
          const exact = shapleyOf(
            forest,
            cover,
            scaled.map((column) => column[r]!),
          ).flat()
          const width = exact.length
          exact.forEach((value, k) => {
            expect(Math.abs(values[r * width + k]! - value)).toBeLessThan(1e-12)
          })
        }
      })
    }
  }

  it('and the base add up to the margin of every row, with deep trees and missing values', () => {
    for (const [algorithm, changes] of [
      ['gbm', { max_depth: 16, min_child_samples: 1, n_estimators: 10 }],
      ['gbm', { subsample: 0.5, colsample_bytree: 0.6 }],
      ['rf', { max_depth: 16, min_child_samples: 1, n_estimators: 10 }],
    ] as const) {
      for (const classes of [['DOWN', 'UP'], three]) {
        const classOf = classes.length === 3 ? threeClass : signClass
        const shape = { rows: 200, features: 9, missing: 0.15, classes, classOf }
        const { table, rows, model, explanation } = explained(algorithm, shape, changes)
        const result = explainRows({ explanation, columns: table.columns }, context)
        const { outputs, base, contributions, margin } = result
        let worst = 0
        for (let k = 0; k < margin.length; k++) {
          let sum = base[k % outputs]!
          for (let f = 0; f < 9; f++) sum += contributions[k * 9 + f]!
          worst = Math.max(worst, Math.abs(sum - margin[k]!))
        }
        expect(worst).toBeLessThan(1e-9)
        expect(result.rawProba).toEqual(rawProba(model, table.columns, rows))
      }
    }
  })

  it('are zero for a feature that no tree asks, and the base is the weighted mean margin of the training rows', () => {
    const { table, explanation } = explained('gbm', { missing: 0.2 })
    table.columns.push(new Float64Array(table.rows))
    const columns = table.columns
    explanation.features = [...explanation.features, 'unused']
    explanation.scaler = {
      center: Float64Array.of(...explanation.scaler.center, 0),
      scale: Float64Array.of(...explanation.scaler.scale, 1),
    }
    const { contributions, margin, base } = explainRows({ explanation, columns }, context)
    let mean = 0
    let weight = 0
    for (let r = 0; r < table.rows; r++) {
      expect(contributions[r * 6 + 5]).toBe(0)
      mean += table.weight[r]! * margin[r]!
      weight += table.weight[r]!
    }
    expect(base[0]).toBeCloseTo(mean / weight, 10)
  })
})

describe('contributions of a logistic model', () => {
  it('add up to the margin of every row and average to zero over the training rows', () => {
    for (const classes of [['DOWN', 'UP'], three]) {
      const classOf = classes.length === 3 ? threeClass : signClass
      const { table, explanation } = explained('logistic', { missing: 0.2, classes, classOf })
      const { outputs, base, contributions, margin } = explainRows(
        { explanation, columns: table.columns },
        context,
      )
      const means = new Float64Array(outputs * 5)
      let worst = 0
      for (let k = 0; k < margin.length; k++) {
        let sum = base[k % outputs]!
        for (let f = 0; f < 5; f++) {
          sum += contributions[k * 5 + f]!
          means[(k % outputs) * 5 + f]! += table.weight[Math.floor(k / outputs)]! * contributions[k * 5 + f]!
        }
        worst = Math.max(worst, Math.abs(sum - margin[k]!))
      }
      expect(worst).toBeLessThan(1e-9)
      for (const mean of means) expect(Math.abs(mean)).toBeLessThan(1e-9)
    }
  })

  it('refuse columns of another model', () => {
    const { table, explanation } = explained('logistic', {})
    expect(() => explainRows({ explanation, columns: table.columns.slice(1) }, context)).toThrow(
      'the model has 5 features, 4 columns were given',
    )
  })
})
