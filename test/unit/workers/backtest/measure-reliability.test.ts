import { describe, expect, it } from 'vitest'
import type { FoldScores } from '#shared/jobs/scoring-types.ts'
import { measureReliability } from '#workers/backtest/measure-reliability.ts'
import { seeded } from './random-case.ts'

const classes = ['DOWN', 'FLAT', 'UP']
const folds = (p: readonly number[], flat = 0.2): FoldScores[] => [
  {
    testRows: Int32Array.from(p.keys()),
    testProba: Float64Array.from(p.flatMap((up) => [(1 - up) * (1 - flat), flat, up * (1 - flat)])),
  } as FoldScores,
]

describe('the reliability of probabilities', () => {
  it('groups rows by tenths of p and tells the share of each that went up, FLAT rows left out', () => {
    const random = seeded(7)
    const p = Array.from({ length: 1000 }, random)
    // Every probability is true, but for FLAT rows, which say nothing.
    const y = Int8Array.from(p, (up) => (random() < 0.2 ? 1 : random() < up ? 2 : 0))
    const found = measureReliability(y, classes, folds(p))!
    const known = [...p.keys()].filter((i) => y[i] !== 1).sort((a, b) => p[a]! - p[b]!)
    expect(found.rows).toBe(known.length)
    expect(found.bins).toHaveLength(10)
    let at = 0
    let error = 0
    for (const bin of found.bins) {
      const members = known.slice(at, at + bin.rows)
      at += bin.rows
      expect(Math.abs(bin.rows - known.length / 10)).toBeLessThanOrEqual(1)
      expect(bin.from).toBeCloseTo(p[members[0]!]!, 12)
      expect(bin.to).toBeCloseTo(p[members.at(-1)!]!, 12)
      const ups = members.filter((i) => y[i] === 2).length
      expect(bin.observed).toBeCloseTo(ups / members.length, 12)
      const mean = members.reduce((sum, i) => sum + p[i]!, 0) / members.length
      expect(bin.predicted).toBeCloseTo(mean, 12)
      error += Math.abs(mean - ups / members.length) * members.length
      expect(bin.low).toBeLessThanOrEqual(bin.observed)
      expect(bin.high).toBeGreaterThanOrEqual(bin.observed)
    }
    expect(at).toBe(known.length)
    expect(found.error).toBeCloseTo(error / known.length, 12)
    expect(found.error).toBeLessThan(0.08)
  })

  it('has the interval of Wilson: 8 of 10 lie within 0.490 and 0.943', () => {
    const y = Int8Array.from({ length: 10 }, (_, i) => (i < 8 ? 2 : 0))
    const [bin] = measureReliability(y, classes, folds(Array.from({ length: 10 }, () => 0.7)))!.bins
    expect(bin).toMatchObject({ rows: 10, observed: 0.8 })
    expect(bin!.low).toBeCloseTo(0.4902, 4)
    expect(bin!.high).toBeCloseTo(0.9433, 4)
  })

  it('is null where no tested row went up or down', () => {
    expect(measureReliability(Int8Array.of(1, -1), classes, folds([0.4, 0.6]))).toBeNull()
  })
})
