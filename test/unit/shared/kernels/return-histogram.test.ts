import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { returnHistogram } from '#shared/kernels/return-histogram.ts'

describe('the histogram of returns', () => {
  it('counts every value once, in bars of one width that never reach over 0', () => {
    const returns = fc.array(
      fc.double({ min: -0.1, max: 0.1, noNaN: true }).filter((r) => Math.abs(r) > 1e-6),
      { minLength: 1, maxLength: 200 },
    )
    fc.assert(
      fc.property(returns, (values) => {
        const bins = returnHistogram(Float64Array.from(values))
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length)
        expect(bins.length).toBeLessThanOrEqual(42)
        const width = bins[0]!.to - bins[0]!.from
        bins.forEach(({ from, to, count }, i) => {
          expect(to - from).toBeCloseTo(width, 9)
          expect(from >= 0 || to <= 0).toBe(true)
          if (i > 0) expect(from).toBeCloseTo(bins[i - 1]!.to, 12)
          const slack = 1e-12
          const inside = values.filter((r) => r > from + slack && r < to - slack).length
          const touching = values.filter((r) => r >= from - slack && r <= to + slack).length
          expect(count).toBeGreaterThanOrEqual(inside)
          expect(count).toBeLessThanOrEqual(touching)
        })
      }),
    )
  })

  it('has round edges, and puts a value on an edge further from 0', () => {
    const bins = returnHistogram(Float64Array.of(-0.02, -0.01, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06))
    expect(bins.map(({ from, to, count }) => [from, to, count])).toEqual(
      [
        [-0.03, -0.02, 1],
        [-0.02, -0.01, 1],
        [-0.01, -0, 0],
        [0, 0.01, 0],
        [0.01, 0.02, 1],
        [0.02, 0.03, 1],
        [0.03, 0.04, 1],
        [0.04, 0.05, 1],
        [0.05, 0.06, 1],
        [0.06, 0.07, 1],
      ].map((row) => row.map((value) => expect.closeTo(value, 12))),
    )
    expect(returnHistogram(new Float64Array(0))).toEqual([])
    expect(returnHistogram(Float64Array.of(0.01))).toHaveLength(6)
  })
})
