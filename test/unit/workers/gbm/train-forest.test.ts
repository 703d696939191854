import { describe, expect, it } from 'vitest'
import type { Forest, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { areaUnderCurve, columnOf, makeSpec, makeTable, quietHooks } from '#test/learning-table.ts'
import { gainImportance } from '#workers/gbm/gain-importance.ts'
import { predictMargin, predictProba } from '#workers/gbm/predict-forest.ts'
import { trainForest } from '#workers/gbm/train-forest.ts'
import { bytesOf } from './random-fit.ts'

const ones = (n: number) => new Float64Array(n).fill(1)

function train(columns: Float64Array[], y: Int8Array, changes: Partial<ModelSpec> = {}, classes = 2): Forest {
  return trainForest(columns, y, ones(y.length), classes, makeSpec(changes), quietHooks)
}

const noisy = makeTable({
  rows: 1200,
  features: 9,
  missing: 0.05,
  seed: 11,
  classOf: (x, random) => (x[0]! + x[1]! * x[2]! + 1.5 * random.nextGaussian() > 0 ? 1 : 0),
})
const head = (n: number) => noisy.columns.map((column) => column.slice(0, n))
const tail = (n: number) => noisy.columns.map((column) => column.slice(n))

describe('boosted trees', () => {
  it('are the same to the byte for one seed, and differ for another', () => {
    const changes = { subsample: 0.8, colsample_bytree: 0.6 }
    const first = bytesOf(train(noisy.columns, noisy.y, changes))
    expect(bytesOf(train(noisy.columns, noisy.y, changes))).toBe(first)
    expect(bytesOf(train(noisy.columns, noisy.y, { ...changes, seed: 8 }))).not.toBe(first)
  })

  it('rank rows they have not seen well above chance', () => {
    const forest = train(head(800), noisy.y.slice(0, 800))
    const score = columnOf(predictProba(forest, tail(800), 400), 2, 1)
    expect(areaUnderCurve(score, noisy.y.slice(800))).toBeGreaterThan(0.68)
  })

  it('learn an exclusive or, which no single feature shows', () => {
    const table = makeTable({
      rows: 600,
      features: 2,
      seed: 2,
      classOf: (x) => (x[0]! > 0 === x[1]! > 0 ? 1 : 0),
    })
    const forest = train(table.columns, table.y, { n_estimators: 150 })
    const fresh = makeTable({
      rows: 400,
      features: 2,
      seed: 3,
      classOf: (x) => (x[0]! > 0 === x[1]! > 0 ? 1 : 0),
    })
    const score = columnOf(predictProba(forest, fresh.columns, 400), 2, 1)
    expect(areaUnderCurve(score, fresh.y)).toBeGreaterThan(0.97)
  })

  it('give rising scores on a feature whose odds rise', () => {
    const x = Float64Array.from({ length: 400 }, (_, i) => i)
    const y = Int8Array.from(x, (v) => (v >= 200 ? 1 : 0))
    const forest = train([x], y)
    const margin = predictMargin(forest, [x], 400)
    for (let i = 1; i < 400; i++) expect(margin[i]!).toBeGreaterThanOrEqual(margin[i - 1]!)
    expect([...forest.threshold].filter((_, i) => forest.feature[i] === 0)[0]).toBe(199.5)
  })

  it('reach, in one full step on one split, the Newton leaf value −G/(H+λ)', () => {
    const x = Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1)
    const y = Int8Array.of(0, 0, 0, 1, 1, 1, 1, 0)
    const changes = {
      n_estimators: 1,
      max_depth: 1,
      learning_rate: 1,
      min_child_samples: 1,
      min_child_weight: 0,
    }
    const forest = train([x], y, changes)
    // At even odds g = ±½ and h = ¼: the left side has G = 3/2 − 1/2 and H = 1.
    expect(forest.baseScore[0]).toBe(0)
    expect([...forest.value]).toEqual([0, -0.5, 0.5])
    expect(forest.gain[0]).toBeCloseTo(1 / 2 + 1 / 2 - 0, 12)
  })

  it('send missing values to the side that gains, and part them from known ones', () => {
    const x = Float64Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? Number.NaN : i))
    const y = Int8Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1 : 0))
    const proba = predictProba(train([x], y), [x], 400)
    for (let i = 0; i < 400; i++) expect(proba[2 * i + y[i]!]!).toBeGreaterThan(0.95)

    const low = Float64Array.from({ length: 300 }, (_, i) => (i < 100 ? Number.NaN : i))
    const likeLow = Int8Array.from({ length: 300 }, (_, i) => (i < 200 ? 1 : 0))
    const forest = train([low], likeLow, { n_estimators: 1, max_depth: 1 })
    expect([forest.threshold[0], forest.missingLeft[0]]).toEqual([199.5, 1])
  })

  it('send a value that was never missing in training to the larger side', () => {
    const x = Float64Array.from({ length: 100 }, (_, i) => i)
    for (const [cut, side] of [
      [30, 0],
      [70, 1],
    ] as const) {
      const y = Int8Array.from(x, (v) => (v < cut ? 0 : 1))
      const forest = train([x], y, { n_estimators: 1, max_depth: 1 })
      expect(forest.missingLeft[0], `cut at ${cut}`).toBe(side)
    }
  })

  it('treat a weight of two as the row given twice', () => {
    const rows = 300
    const x = noisy.columns.slice(0, 4).map((column) => column.slice(0, rows).map((v) => Math.round(v * 20)))
    const y = noisy.y.slice(0, rows)
    const weights = Float64Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 2 : 1))
    const spec = makeSpec({ min_child_samples: 1, n_estimators: 30 })
    const picks = Array.from(weights).flatMap((w, i) => (w === 2 ? [i, i] : [i]))
    const doubled = x.map((column) => Float64Array.from(picks, (i) => column[i]!))
    const doubledY = Int8Array.from(picks, (i) => y[i]!)
    const weighted = trainForest(x, y, weights, 2, spec, quietHooks)
    const repeated = trainForest(doubled, doubledY, ones(picks.length), 2, spec, quietHooks)
    const a = predictMargin(weighted, x, rows)
    const b = predictMargin(repeated, x, rows)
    for (let i = 0; i < rows; i++) expect(a[i]!).toBeCloseTo(b[i]!, 9)
  })

  it('give with softmax what logistic trees give, when a third class never occurs and nothing is regularised', () => {
    const changes = { reg_lambda: 0, min_child_weight: 0, n_estimators: 20, min_child_samples: 20 }
    const columns = head(500)
    const y = noisy.y.slice(0, 500)
    const logistic = predictProba(train(columns, y, changes), columns, 500)
    // Two trees a round move the odds twice as far; the hessian of three classes carries 3/2. 2 / (3/2) = 4/3.
    const softmax = predictProba(train(columns, y, { ...changes, learning_rate: 0.075 }, 3), columns, 500)
    let apart = 0
    for (let i = 0; i < 500; i++)
      apart = Math.max(apart, Math.abs(logistic[2 * i + 1]! - softmax[3 * i + 1]!))
    expect(apart).toBeLessThan(1e-4)
    for (let i = 0; i < 500; i++) expect(softmax[3 * i + 2]!).toBeLessThan(1e-5)
  })

  it('learn three classes', () => {
    const table = makeTable({
      rows: 900,
      features: 3,
      seed: 6,
      classes: ['a', 'b', 'c'],
      classOf: (x) => (x[1]! < -0.4 ? 0 : x[1]! > 0.4 ? 2 : 1),
    })
    const forest = train(table.columns, table.y, {}, 3)
    const proba = predictProba(forest, table.columns, 900)
    for (let i = 0; i < 900; i++) expect(proba[3 * i + table.y[i]!]!).toBeGreaterThan(0.5)
    expect(gainImportance(forest, table.features)[0]!.feature).toBe('f1')
  })

  it('stop at CANCELED', () => {
    const hooks = { cancelled: () => true, report: () => {} }
    expect(() => trainForest(noisy.columns, noisy.y, ones(1200), 2, makeSpec(), hooks)).toThrow(
      expect.objectContaining({ code: 'CANCELED' }),
    )
  })
})
