import { describe, expect, it } from 'vitest'
import type { CvSpec, FoldScores, LearningTable, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { foldCount } from '#shared/kernels/fold-count.ts'
import { HOUR, makeSpec, makeTable } from '#test/learning-table.ts'
import { applyCalibrator, fitCalibrator } from '#workers/calibration/calibrator.ts'
import { scoreFold } from '#workers/jobs/score-fold.ts'
import { trainModel } from '#workers/jobs/train-model.ts'

const context = { report: () => {}, cancelled: () => false }
const walkForward: CvSpec = { scheme: 'walk_forward', splits: 4, embargo: 0.01 }

function scoreAll(table: LearningTable, changes: Partial<ModelSpec> = {}, cv = walkForward): FoldScores[] {
  const model = makeSpec({ n_estimators: 40, ...changes })
  return Array.from({ length: foldCount(cv) }, (_, fold) =>
    scoreFold({ table, model, cv, fold, calibration: 'sigmoid' }, context),
  )
}

describe('score-fold', () => {
  for (const algorithm of ['gbm', 'rf', 'logistic'] as const) {
    it(`${algorithm}: a perfect feature gives nearly certain, right classes in every fold`, () => {
      const table = makeTable({ rows: 500, features: 4, seed: 2, classOf: (x) => (x[2]! > 0 ? 1 : 0) })
      for (const fold of scoreAll(table, { algorithm })) {
        expect(fold.skipped).toBeNull()
        let right = 0
        let sure = 0
        for (let i = 0; i < fold.testRows.length; i++) {
          const p = fold.testProba[2 * i + table.y[fold.testRows[i]!]!]!
          if (p > 0.5) right++
          sure += p / fold.testRows.length
        }
        expect(right / fold.testRows.length).toBeGreaterThan(algorithm === 'logistic' ? 0.9 : 0.96)
        expect(sure).toBeGreaterThan(0.9)
      }
    })
  }

  it('random labels give probabilities around the base rate', () => {
    let mean = 0
    let base = 0
    let count = 0
    for (let seed = 1; seed <= 6; seed++) {
      const table = makeTable({
        rows: 500,
        features: 5,
        seed,
        classOf: (_, random) => (random.next() < 0.55 ? 1 : 0),
      })
      for (const fold of scoreAll(table, { n_estimators: 30 })) {
        for (let i = 0; i < fold.testRows.length; i++) {
          mean += fold.testProba[2 * i + 1]!
          base += fold.baseRates[1]!
          count++
        }
      }
    }
    expect(Math.abs(mean / count - base / count)).toBeLessThan(0.015)
  })

  it('changes no score when labels and features of the test block and after it change', () => {
    const table = makeTable({ rows: 500, features: 4, seed: 3 })
    const input = {
      model: makeSpec({ n_estimators: 15 }),
      cv: walkForward,
      fold: 1,
      calibration: 'sigmoid' as const,
    }
    const before = scoreFold({ ...input, table }, context)
    const start = before.testRows[0]!
    const changed = { ...table, y: table.y.map((y, i) => (i < start ? y : 1 - y)) as Int8Array }
    expect(scoreFold({ ...input, table: changed }, context)).toEqual(before)
    const moved = { ...table, columns: table.columns.map((c) => c.map((x, i) => (i < start ? x : x * 5))) }
    expect(scoreFold({ ...input, table: moved }, context).innerProba).toEqual(before.innerProba)
  })

  it('predicts each inner fold by a model of the other two and calibrates it by theirs', () => {
    const table = makeTable({
      rows: 400,
      features: 3,
      seed: 4,
      classOf: (x, random) => (x[0]! + random.nextGaussian() > 0 ? 1 : 0),
    })
    const input = { model: makeSpec({ n_estimators: 15 }), cv: walkForward, fold: 3 }
    const raw = scoreFold({ ...input, table, calibration: 'none' }, context)
    const third = Math.floor(raw.innerRows.length / 3)
    const y = table.y.slice()
    y[40] = 1 - y[40]!
    const moved = scoreFold({ ...input, table: { ...table, y }, calibration: 'none' }, context)
    expect(raw.innerRows.indexOf(40)).toBeLessThan(third)
    expect(moved.innerProba.slice(0, 2 * third)).toEqual(raw.innerProba.slice(0, 2 * third))
    expect(moved.innerProba.slice(2 * third)).not.toEqual(raw.innerProba.slice(2 * third))

    const calibrated = scoreFold({ ...input, table, calibration: 'sigmoid' }, context)
    const others = raw.innerRows.slice(third)
    const ones = new Float64Array(others.length).fill(1)
    const labels = Int8Array.from(others, (r) => table.y[r]!)
    const calibrator = fitCalibrator('sigmoid', raw.innerProba.slice(2 * third), labels, ones, 2)
    const expected = applyCalibrator(calibrator, raw.innerProba.slice(0, 2 * third), 2)
    for (let i = 0; i < expected.length; i++) expect(calibrated.innerProba[i]!).toBeCloseTo(expected[i]!, 9)
  })

  it('scores rows without a label in the test block and never trains on them', () => {
    const table = makeTable({ rows: 500, features: 3, seed: 5, unlabelled: 0.2 })
    const [first] = scoreAll(table)
    expect(first!.testRows.length).toBe(100)
    expect(first!.testProba.length).toBe(200)
    expect([...first!.testProba].every((p) => p > 0 && p < 1)).toBe(true)
    expect(first!.trainRows).toBeLessThan(90)
    const wild = {
      ...table,
      columns: table.columns.map((c) => c.map((x, i) => (table.y[i] === -1 && i < 100 ? 1e6 : x))),
    }
    expect(scoreAll(wild)[0]).toEqual(first)
  })

  it('skips what cannot be trained, outside and inside, with the reason', () => {
    const short = scoreAll(makeTable({ rows: 200, features: 2 }))
    expect(short[0]!.skipped).toBe('38 training rows after purge and embargo, 50 needed')
    expect([short[0]!.testRows.length, short[0]!.testProba.length, short[0]!.trainFirst]).toEqual([0, 0, -1])
    // Long labels: 60 rows train, but purging leaves the inner folds too few.
    const long = makeTable({ rows: 400, features: 2, horizon: 20 })
    const [fold] = scoreAll(long)
    expect(fold!.skipped).toMatch(/^fewer than two inner folds can be trained/)
  })

  it('notes that sigmoid replaced isotonic, and repeats to the byte', () => {
    const table = makeTable({ rows: 400, features: 3, seed: 6 })
    const input = {
      table,
      model: makeSpec({ subsample: 0.7 }),
      cv: walkForward,
      fold: 2,
      calibration: 'isotonic' as const,
    }
    const first = scoreFold(input, context)
    expect(first.notes[0]).toMatch(/^sigmoid calibration was used/)
    expect(scoreFold(input, context)).toEqual(first)
  })

  it('reports progress to its end and stops at CANCELED', () => {
    const table = makeTable({ rows: 400, features: 3, seed: 6 })
    const input = { table, model: makeSpec(), cv: walkForward, fold: 2, calibration: 'sigmoid' as const }
    const seen: number[] = []
    scoreFold(input, { cancelled: () => false, report: ({ done, total }) => seen.push(done / total) })
    expect(seen.at(-1)).toBe(1)
    expect([...seen].sort((a, b) => a - b)).toEqual(seen)
    let polls = 0
    const stop = { report: () => {}, cancelled: () => ++polls > 100 }
    expect(() => scoreFold(input, stop)).toThrow(expect.objectContaining({ code: 'CANCELED' }))
  })

  it('refuses a fold that is not there', () => {
    const table = makeTable({ rows: 400, features: 3 })
    const input = { table, model: makeSpec(), cv: walkForward, fold: 4, calibration: 'none' as const }
    expect(() => scoreFold(input, context)).toThrow('fold 4 is not one of the folds of walk_forward')
  })
})

describe('train-model', () => {
  it('trains on every labelled row, scores every row, and judges itself on inner predictions', () => {
    const table = makeTable({
      rows: 600,
      features: 4,
      seed: 7,
      unlabelled: 0.1,
      classOf: (x, random) => (x[1]! + 0.7 * random.nextGaussian() > 0 ? 1 : 0),
    })
    const result = trainModel({ table, model: makeSpec(), calibration: 'sigmoid', metadata: {} }, context)
    expect(result.trainRows).toBe(table.y.filter((y) => y >= 0).length)
    expect(result.proba.length).toBe(1200)
    expect(result.importance[0]!.feature).toBe('f1')
    expect(result.accuracy).toBeGreaterThan(0.7)
    expect(result.accuracy).toBeLessThan(0.9)
    expect(result.f1).toBeCloseTo(result.accuracy, 1)
    expect(result.logLoss).toBeLessThan(Math.log(2))
    const again = trainModel({ table, model: makeSpec(), calibration: 'sigmoid', metadata: {} }, context)
    expect(Buffer.from(again.onnx).equals(Buffer.from(result.onnx))).toBe(true)
  })

  it('refuses a table of one class or of too few labelled rows with NO_DATA', () => {
    const one = makeTable({ rows: 100, features: 2, classOf: () => 1 })
    const few = makeTable({ rows: 49, features: 2 })
    for (const table of [one, few]) {
      const input = { table, model: makeSpec(), calibration: 'sigmoid' as const, metadata: {} }
      expect(() => trainModel(input, context)).toThrow(expect.objectContaining({ code: 'NO_DATA' }))
    }
    expect(one.t1[0]).toBe(HOUR)
  })
})
