import { describe, expect, it } from 'vitest'
import type { LearningTable, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { areaUnderCurve, columnOf, makeSpec, makeTable, quietHooks } from '#test/learning-table.ts'
import { classificationScores } from '#workers/models/classification-scores.ts'
import { fitModel, importanceOf, rawProba } from '#workers/models/fit-model.ts'
import { linearMargin, trainLogistic } from '#workers/models/logistic.ts'

const rowsOf = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i)
const table = makeTable({
  rows: 900,
  features: 6,
  missing: 0.05,
  seed: 31,
  classOf: (x, random) => (x[0]! - x[3]! + random.nextGaussian() > 0 ? 1 : 0),
})

describe('a fitted model', () => {
  for (const algorithm of ['gbm', 'rf', 'logistic'] as const) {
    it(`${algorithm}: ranks unseen rows, finds the two features, and repeats to the bit`, () => {
      const spec = makeSpec({ algorithm, n_estimators: 80, subsample: 0.9 })
      const model = fitModel(table, rowsOf(0, 600), spec, quietHooks)
      const proba = rawProba(model, table.columns, rowsOf(600, 900))
      expect(areaUnderCurve(columnOf(proba, 2, 1), table.y.slice(600))).toBeGreaterThan(0.8)
      const top = importanceOf(model, table.features).slice(0, 2)
      expect(top.map((each) => each.feature).sort()).toEqual(['f0', 'f3'])
      expect(
        rawProba(fitModel(table, rowsOf(0, 600), spec, quietHooks), table.columns, rowsOf(600, 900)),
      ).toEqual(proba)
    })

    it(`${algorithm}: knows nothing of rows outside its training part`, () => {
      const spec = makeSpec({ algorithm, n_estimators: 20 })
      const changed = {
        ...table,
        columns: table.columns.map((c) => c.slice().fill(1e9, 600)),
        y: table.y.slice().fill(0, 600),
      }
      const before = rawProba(
        fitModel(table, rowsOf(0, 600), spec, quietHooks),
        table.columns,
        rowsOf(0, 600),
      )
      const after = rawProba(
        fitModel(changed, rowsOf(0, 600), spec, quietHooks),
        table.columns,
        rowsOf(0, 600),
      )
      expect(after).toEqual(before)
    })
  }

  it('rf: gives leaf class frequencies, all trees alike in weight', () => {
    const deep = makeSpec({
      algorithm: 'rf',
      n_estimators: 50,
      max_depth: 12,
      min_child_samples: 1,
      min_child_weight: 0,
    })
    const three = makeTable({
      rows: 300,
      features: 4,
      seed: 8,
      classes: ['a', 'b', 'c'],
      classOf: (x) => (x[0]! < -0.4 ? 0 : x[0]! > 0.4 ? 2 : 1),
    })
    const proba = rawProba(fitModel(three, rowsOf(0, 300), deep, quietHooks), three.columns, rowsOf(0, 300))
    const scores = classificationScores(proba, three.y, 3)
    expect(scores.accuracy).toBeGreaterThan(0.98)
    for (let i = 0; i < 300; i++)
      expect(proba[3 * i]! + proba[3 * i + 1]! + proba[3 * i + 2]!).toBeCloseTo(1, 12)
    const stump = makeSpec({ algorithm: 'rf', n_estimators: 40, min_child_samples: 1000 })
    const share = rawProba(fitModel(table, rowsOf(0, 600), stump, quietHooks), table.columns, rowsOf(0, 1))
    const base = table.y.slice(0, 600).filter((y) => y === 1).length / 600
    expect(Math.abs(share[1]! - base)).toBeLessThan(0.02)
  })

  for (const classes of [2, 3]) {
    it(`logistic: stands where the penalised gradient of ${classes} classes is zero`, () => {
      const names = ['a', 'b', 'c'].slice(0, classes)
      const small = makeTable({ rows: 200, features: 3, seed: 5, classes: names, missing: 0.1 })
      const weights = Float64Array.from({ length: 200 }, (_, i) => 0.5 + (i % 4) / 3)
      const model = trainLogistic(
        small.columns,
        small.y,
        weights,
        classes,
        makeSpec({ reg_lambda: 2 }),
        quietHooks,
      )
      expect(model.converged).toBe(true)
      const margin = linearMargin(model, small.columns, 200)
      for (let o = 0; o < model.outputs; o++) {
        const target = model.outputs === 1 ? 1 : o
        const residual = Array.from({ length: 200 }, (_, i) => {
          const own = Array.from(margin.slice(i * model.outputs, (i + 1) * model.outputs))
          const all = model.outputs === 1 ? [0, own[0]!] : own
          const p = Math.exp(all[target]!) / all.reduce((sum, m) => sum + Math.exp(m), 0)
          return weights[i]! * (p - (small.y[i] === target ? 1 : 0))
        })
        small.columns.forEach((column, f) => {
          const known = residual.reduce(
            (sum, d, i) => sum + (Number.isNaN(column[i]!) ? 0 : d * column[i]!),
            0,
          )
          const missing = residual.reduce((sum, d, i) => sum + (Number.isNaN(column[i]!) ? d : 0), 0)
          expect(Math.abs(known + 2 * model.coefficients[o]![f]!)).toBeLessThan(1e-5)
          expect(Math.abs(missing + 2 * model.flags[o]![f]!)).toBeLessThan(1e-5)
        })
        expect(Math.abs(residual.reduce((sum, d) => sum + d, 0))).toBeLessThan(1e-5)
      }
    })
  }

  it('logistic: learns that a value is missing', () => {
    const flagged = makeTable({ rows: 400, features: 2, seed: 9 })
    for (let i = 0; i < 400; i++) if (flagged.y[i] === 1 && i % 5 !== 0) flagged.columns[1]![i] = Number.NaN
    const model = fitModel(flagged, rowsOf(0, 400), makeSpec({ algorithm: 'logistic' }), quietHooks)
    const proba = rawProba(
      model,
      [Float64Array.of(0, 0), Float64Array.of(0, Number.NaN)],
      Int32Array.of(0, 1),
    )
    expect(proba[1]!).toBeLessThan(0.4)
    expect(proba[3]!).toBeGreaterThan(0.9)
  })
})

describe('early stopping', () => {
  const treesOf = (spec: ModelSpec, learned: LearningTable) => {
    const model = fitModel(learned, rowsOf(0, 600), spec, quietHooks)
    return model.algorithm === 'gbm' ? model.forest.treeOutput.length : Number.NaN
  }

  it('keeps few trees on noise, more on a signal, and all when not asked for', () => {
    const noise = makeTable({ rows: 600, features: 6, seed: 40 })
    const stopping = makeSpec({ n_estimators: 150, early_stopping_rounds: 15 })
    expect(treesOf(stopping, noise)).toBeLessThan(15)
    expect(treesOf(stopping, table)).toBeGreaterThan(15)
    expect(treesOf(stopping, table)).toBeLessThan(150)
    expect(treesOf(makeSpec({ n_estimators: 150 }), noise)).toBe(150)
  })

  it('trains every round where too few rows could be held out', () => {
    const small = makeTable({ rows: 600, features: 2, horizon: 590 })
    expect(treesOf(makeSpec({ n_estimators: 20, early_stopping_rounds: 1 }), small)).toBe(20)
  })
})

describe('classification scores', () => {
  it('are accuracy, macro F1 and log loss', () => {
    const proba = Float64Array.of(0.9, 0.1, 0.6, 0.4, 0.3, 0.7, 0.8, 0.2)
    const scores = classificationScores(proba, Int8Array.of(0, 1, 1, 0), 2)
    expect(scores.accuracy).toBe(0.75)
    expect(scores.f1).toBeCloseTo((0.8 + 2 / 3) / 2, 12)
    expect(scores.logLoss).toBeCloseTo(
      -(Math.log(0.9) + Math.log(0.4) + Math.log(0.7) + Math.log(0.8)) / 4,
      12,
    )
  })
})
