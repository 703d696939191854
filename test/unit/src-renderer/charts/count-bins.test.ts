import { describe, expect, it } from 'vitest'
import { countBins, fitLine, gatherPoints, roundWidth } from '#renderer/charts/count-bins.ts'

describe('bins', () => {
  it('have an edge at 0, and what is 0 lies to its left', () => {
    expect(countBins([-0.2, 0, 0.1, 0.5, 1.2], 0.5)).toEqual([
      { from: -0.5, to: 0, count: 2 },
      { from: 0, to: 0.5, count: 2 },
      { from: 0.5, to: 1, count: 0 },
      { from: 1, to: 1.5, count: 1 },
    ])
  })

  it('hold every value once, in bins without a gap', () => {
    const values = Array.from({ length: 500 }, (_, i) => Math.sin(i * 12.9) * 7.3)
    const bins = countBins(values, 0.3)
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(500)
    for (const { from, to, count } of bins)
      expect(values.filter((value) => value > from && value <= to)).toHaveLength(count)
    expect(bins.slice(1).every(({ from }, i) => Math.abs(from - bins[i]!.to) < 1e-12)).toBe(true)
    expect(countBins([], 1)).toEqual([])
  })

  it('count a value that is an edge but for rounding into the bin below it', () => {
    expect(countBins([0.1 + 0.2], 0.1)).toEqual([{ from: 0.2, to: 0.30000000000000004, count: 1 }])
  })

  it.each([
    [3.7, 16, 0.5],
    [1, 10, 0.1],
    [0, 10, 1],
  ])('of a span of %d in about %d parts are %d wide', (span, count, width) => {
    expect(roundWidth(span, count)).toBeCloseTo(width, 12)
  })
})

describe('points on each other', () => {
  it('stand in one cell at their mean, with how many are marked', () => {
    const cells = gatherPoints([0.01, 0.03, 0.5], [-0.01, -0.03, 0.5], (point) => point === 1, 0.2)
    expect(cells).toHaveLength(2)
    expect(cells[0]).toMatchObject({ count: 2, marked: 1 })
    expect(cells[0]!.x).toBeCloseTo(0.02, 12)
    expect(cells[0]!.y).toBeCloseTo(-0.02, 12)
  })

  it('have a line of least squares, but for one that stands upright', () => {
    const line = fitLine([0, 1, 2, 3], [1, 3, 5, 7])!
    expect(line.slope).toBeCloseTo(2, 12)
    expect(line.intercept).toBeCloseTo(1, 12)
    expect(fitLine([2, 2], [1, 5])).toBeUndefined()
  })
})
