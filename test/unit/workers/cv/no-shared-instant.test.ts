import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CvSpec } from '#shared/jobs/scoring-types.ts'
import type { LabelLives } from '#workers/cv/label-spans.ts'
import { planFolds, planInnerFolds } from '#workers/cv/plan-folds.ts'

/** Rows in time order, several at one instant now and then; labels of any length, among them very long ones, and some missing. */
const livesOf = fc
  .array(
    fc.record({
      step: fc.nat(3),
      life: fc.oneof(
        { weight: 6, arbitrary: fc.nat(6) },
        { weight: 1, arbitrary: fc.nat(120) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      y: fc.nat(1),
    }),
    { minLength: 60, maxLength: 220 },
  )
  .map((rows): LabelLives => {
    let now = 0
    const t0 = Float64Array.from(rows, ({ step }) => {
      now += step
      return now
    })
    return {
      rows: rows.length,
      t0,
      t1: Float64Array.from(rows, ({ life }, i) => (life === null ? Number.NaN : t0[i]! + life)),
      y: Int8Array.from(rows, ({ life, y }) => (life === null ? -1 : y)),
    }
  })

const specOf = fc.record({
  scheme: fc.constantFrom<CvSpec['scheme']>('walk_forward', 'purged_kfold', 'cpcv'),
  splits: fc.integer({ min: 3, max: 7 }),
  embargo: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.2, noNaN: true })),
})

/** First pair of a training and a test row whose [t0, t1] have an instant in common, by looking at every pair. */
function sharedInstant({ t0, t1 }: LabelLives, train: Int32Array, test: Int32Array): string | null {
  for (const a of train) {
    for (const b of test) {
      const end = Number.isNaN(t1[b]!) ? t0[b]! : t1[b]!
      if (t0[a]! <= end && t0[b]! <= t1[a]!) return `training row ${a} and test row ${b}`
    }
  }
  return null
}

describe('cross-validation over random label lives', () => {
  it('no training row shares an instant with its test block, in outer and inner folds of every scheme', () => {
    let judged = 0
    fc.assert(
      fc.property(specOf, livesOf, (spec, lives) => {
        for (const plan of planFolds(spec, lives)) {
          judged += plan.trainRows.length
          expect(sharedInstant(lives, plan.trainRows, plan.testRows)).toBeNull()
          const tested = new Set(plan.testRows)
          expect(plan.trainRows.some((row) => tested.has(row) || lives.y[row]! < 0)).toBe(false)
          for (const inner of planInnerFolds(plan.trainRows, 3, spec.embargo, lives)) {
            expect(sharedInstant(lives, inner.trainRows, inner.testRows)).toBeNull()
            expect(inner.trainRows.some((row) => tested.has(row))).toBe(false)
          }
        }
      }),
      { numRuns: 250, seed: 20 },
    )
    // Folds without a training row would hold whatever the planner did.
    expect(judged).toBeGreaterThan(20_000)
  }, 60_000)

  it('walk-forward trains on the past alone, and an embargo leaves out so many rows next to the test block', () => {
    fc.assert(
      fc.property(specOf, livesOf, (spec, lives) => {
        const gap = Math.ceil(spec.embargo * lives.rows - 1e-9)
        for (const plan of planFolds(spec, lives)) {
          const first = plan.testRows[0]!
          if (spec.scheme === 'walk_forward') {
            for (const row of plan.trainRows) expect(row).toBeLessThan(first - gap)
            continue
          }
          const isTested = new Set(plan.testRows)
          const runEnds = [...plan.testRows].filter((row) => !isTested.has(row + 1))
          for (const end of runEnds) {
            let start = end
            while (isTested.has(start - 1)) start--
            let last = Number.NEGATIVE_INFINITY
            for (let row = start; row <= end; row++)
              last = Math.max(last, lives.t0[row]!, lives.t1[row]! || Number.NEGATIVE_INFINITY)
            const after = [...lives.t0.keys()]
              .filter((row) => row > end && lives.t0[row]! > last)
              .slice(0, gap)
            expect(plan.trainRows.some((row) => after.includes(row))).toBe(false)
          }
        }
      }),
      { numRuns: 100, seed: 21 },
    )
  }, 60_000)
})
