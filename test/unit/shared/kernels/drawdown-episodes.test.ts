import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawdownEpisodes } from '#shared/kernels/drawdown-episodes.ts'
import { drawdownOf } from '#shared/kernels/performance.ts'

const compound = (returns: readonly number[]) => {
  let equity = 1
  return Float64Array.from(returns, (r) => {
    equity *= 1 + r
    return equity
  })
}

describe('stretches below the peak', () => {
  it('begin below it, end back at it, and the last may not end', () => {
    const equity = Float64Array.of(0.9, 0.8, 1, 1.2, 0.6, 0.9)
    expect(drawdownEpisodes(equity)).toEqual([
      { depth: expect.closeTo(0.2, 12), start: 0, trough: 1, recovery: 2 },
      { depth: 0.5, start: 4, trough: 4, recovery: -1 },
    ])
    expect(drawdownEpisodes(Float64Array.of(1, 1.1, 1.1))).toEqual([])
    expect(drawdownEpisodes(new Float64Array(0))).toEqual([])
  })

  it('hold every session below the peak once, the deepest as deep and the longest as long as the figures of the run say', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { maxLength: 60 }), (returns) => {
        const equity = compound(returns)
        const episodes = drawdownEpisodes(equity)
        const isBelow = Array.from(
          equity,
          (value, i) => value < equity.subarray(0, i).reduce((a, b) => Math.max(a, b), 1),
        )
        const covered = new Array<boolean>(equity.length).fill(false)
        for (const { start, recovery } of episodes)
          covered.fill(true, start, recovery < 0 ? equity.length : recovery)
        expect(covered).toEqual(isBelow)
        const { depth, underwater } = drawdownOf(Float64Array.from(returns))
        const lengths = episodes.map(
          ({ start, recovery }) => (recovery < 0 ? equity.length : recovery) - start,
        )
        expect(Math.max(0, ...lengths)).toBe(underwater)
        expect(Math.max(0, ...episodes.map((each) => each.depth))).toBeCloseTo(depth, 12)
      }),
    )
  })
})
