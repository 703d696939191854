import { describe, expect, it } from 'vitest'
import type { CvSpec, LearningTable } from '#shared/jobs/scoring-types.ts'
import { foldCount } from '#shared/kernels/fold-count.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { HOUR, makeTable } from '#test/learning-table.ts'
import { planFolds, planInnerFolds } from '#workers/cv/plan-folds.ts'

/** Labels of varied length, some missing, and several rows at one instant. */
function irregularTable(rows: number, seed: number): LearningTable {
  const random = createRandom(seed)
  const table = makeTable({ rows, features: 1, seed, unlabelled: 0.1 })
  for (let i = 0; i < rows; i++) {
    table.t0[i] = Math.floor(i / 2) * HOUR
    if (table.y[i]! >= 0) table.t1[i] = table.t0[i]! + random.nextInt(9) * HOUR
  }
  return table
}

const schemes: CvSpec[] = [
  { scheme: 'walk_forward', splits: 5, embargo: 0.01 },
  { scheme: 'purged_kfold', splits: 5, embargo: 0.02 },
  { scheme: 'cpcv', splits: 6, embargo: 0.01 },
]

/** Runs of consecutive rows. */
function runsOf(rows: Int32Array): number[][] {
  const runs: number[][] = []
  for (const r of rows) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === r - 1) run.push(r)
    else runs.push([r])
  }
  return runs
}

/** Checks by brute force that no training label shares an instant with a test row's life or with the span between them. */
function expectNoOverlap(table: LearningTable, train: Int32Array, test: Int32Array): void {
  const lifeEnd = (r: number) => (Number.isNaN(table.t1[r]!) ? table.t0[r]! : table.t1[r]!)
  for (const r of train) {
    for (const s of test) {
      const overlaps = table.t1[r]! >= table.t0[s]! && table.t0[r]! <= lifeEnd(s)
      if (overlaps) expect.fail(`training row ${r} overlaps test row ${s}`)
    }
  }
}

describe('cross-validation', () => {
  for (const spec of schemes) {
    it(`${spec.scheme}: no training label touches a test label, in outer and inner folds`, () => {
      const table = irregularTable(400, 5)
      const plans = planFolds(spec, table)
      expect(plans.length).toBe(foldCount(spec))
      for (const plan of plans) {
        expect(plan.skipped).toBeNull()
        expect(plan.trainRows.every((r) => table.y[r]! >= 0)).toBe(true)
        expectNoOverlap(table, plan.trainRows, plan.testRows)
        const inner = planInnerFolds(plan.trainRows, 3, spec.embargo, table)
        expect(inner.flatMap((each) => [...each.testRows]).sort((a, b) => a - b)).toEqual([...plan.trainRows])
        for (const each of inner) {
          expectNoOverlap(table, each.trainRows, each.testRows)
          expect(each.trainRows.every((r) => plan.trainRows.includes(r))).toBe(true)
        }
      }
    })

    it(`${spec.scheme}: leaves out exactly the rows that purge and embargo name`, () => {
      const table = irregularTable(400, 6)
      const gap = Math.ceil(spec.embargo * 400)
      for (const plan of planFolds(spec, table)) {
        const isTest = new Set(plan.testRows)
        const runs = runsOf(plan.testRows)
        const kept: number[] = []
        let purged = 0
        let embargoed = 0
        for (let r = 0; r < 400; r++) {
          if (isTest.has(r) || table.y[r]! < 0) continue
          if (spec.scheme === 'walk_forward' && r > runs[0]![0]!) continue
          const spans = runs.map((run) => {
            const last = Math.max(...run.map((s) => Math.max(table.t0[s]!, table.t1[s]! || 0)))
            const after = Array.from({ length: 400 }, (_, s) => s).filter(
              (s) => s > run.at(-1)! && table.t0[s]! > last,
            )
            return { first: table.t0[run[0]!]!, last, embargo: after.slice(0, gap) }
          })
          const inGap =
            spec.scheme === 'walk_forward'
              ? r >= runs[0]![0]! - gap
              : spans.some((span) => span.embargo.includes(r))
          if (spans.some((span) => table.t1[r]! >= span.first && table.t0[r]! <= span.last)) purged++
          else if (inGap) embargoed++
          else kept.push(r)
        }
        expect([...plan.trainRows]).toEqual(kept)
        expect([plan.purgedRows, plan.embargoedRows]).toEqual([purged, embargoed])
      }
    })
  }

  it('walk_forward: tests every block but the first on what lies before it', () => {
    const table = makeTable({ rows: 600, features: 1 })
    const plans = planFolds({ scheme: 'walk_forward', splits: 5, embargo: 0.01 }, table)
    expect(plans.map((plan) => [plan.testRows[0], plan.testRows.at(-1)])).toEqual([
      [100, 199],
      [200, 299],
      [300, 399],
      [400, 499],
      [500, 599],
    ])
    // The label of row 99 ends at the decision of row 100: purged. The gap is the 6 rows before the block.
    expect(plans.map((plan) => plan.trainRows.at(-1))).toEqual([93, 193, 293, 393, 493])
    expect(plans.map((plan) => [plan.purgedRows, plan.embargoedRows])).toEqual(new Array(5).fill([1, 5]))
  })

  it('cpcv: tests every row in N − 1 of its folds, and purged_kfold each row once', () => {
    const table = irregularTable(601, 8)
    const times = (spec: CvSpec) => {
      const count = new Array(601).fill(0)
      for (const plan of planFolds(spec, table)) for (const r of plan.testRows) count[r]++
      return new Set(count)
    }
    expect(times(schemes[2]!)).toEqual(new Set([5]))
    expect(times(schemes[1]!)).toEqual(new Set([1]))
  })

  it('skips a fold with under 50 training rows or one class, and says why', () => {
    const spec: CvSpec = { scheme: 'walk_forward', splits: 2, embargo: 0 }
    const short = planFolds(spec, makeTable({ rows: 150, features: 1 }))
    expect(short.map((plan) => plan.skipped)).toEqual([
      '49 training rows after purge and embargo, 50 needed',
      null,
    ])
    const table = makeTable({ rows: 600, features: 1 })
    table.y.fill(1, 0, 200)
    expect(planFolds(spec, table).map((plan) => plan.skipped)).toEqual([
      'one class in the training part',
      null,
    ])
    const inner = planInnerFolds(
      Int32Array.from({ length: 44 }, (_, i) => i),
      3,
      0,
      table,
    )
    expect(inner.map((plan) => plan.skipped)).toEqual([
      '29 training rows after purge and embargo, 30 needed',
      '27 training rows after purge and embargo, 30 needed',
      '28 training rows after purge and embargo, 30 needed',
    ])
  })

  it('refuses fewer splits than a scheme needs', () => {
    const table = makeTable({ rows: 100, features: 1 })
    for (const [scheme, splits] of [
      ['walk_forward', 0],
      ['purged_kfold', 1],
      ['cpcv', 2],
    ] as const) {
      expect(() => planFolds({ scheme, splits, embargo: 0 }, table)).toThrow(/cv splits of/)
    }
  })
})
