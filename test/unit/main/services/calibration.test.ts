import { describe, expect, it } from 'vitest'
import { rankRatios, signalsOf } from '#main/services/calibrate-brackets.ts'
import { countScores, nearestCount } from '#main/services/calibrate-thresholds.ts'
import type { PricePath } from '#shared/jobs/matrix-types.ts'

describe('counting scores by threshold', () => {
  const scores = Float64Array.of(0.5, 0.55, 0.45, 0.62, 0.3, Number.NaN, 0.549)

  it('counts both sides of a probability, and none that both sides claim', () => {
    expect(countScores(scores, [0.5, 0.55, 0.6], 'both')).toEqual([
      { threshold: 0.5, count: 5 },
      { threshold: 0.55, count: 4 },
      { threshold: 0.6, count: 2 },
    ])
  })

  it('counts other columns from the threshold up', () => {
    expect(countScores(Float64Array.of(-3, 2, 40, Number.NaN), [0, 40], 'above')).toEqual([
      { threshold: 0, count: 2 },
      { threshold: 40, count: 1 },
    ])
  })

  it('takes the count nearest to the wanted one, of equals the stricter threshold', () => {
    const counts = [
      { threshold: 0.5, count: 60 },
      { threshold: 0.55, count: 40 },
      { threshold: 0.6, count: 10 },
    ]
    expect(nearestCount(counts, 50).threshold).toBe(0.55)
    expect(nearestCount(counts, 55).threshold).toBe(0.5)
    expect(nearestCount(counts, 1000).threshold).toBe(0.5)
  })
})

describe('ranking ratios', () => {
  it('puts the nearest ratio first, and of equals the stop nearest to the present one', () => {
    expect(rankRatios(2.5, [1, 1.2, 2], [2.5, 3], 1.5)).toEqual([
      { k_stop: 1.2, k_target: 3, rr: 2.5, delta: 0 },
      { k_stop: 1, k_target: 2.5, rr: 2.5, delta: 0 },
      { k_stop: 1.2, k_target: 2.5, rr: 2.083333333, delta: 0.416666667 },
      { k_stop: 1, k_target: 3, rr: 3, delta: 0.5 },
      { k_stop: 2, k_target: 3, rr: 1.5, delta: 1 },
      { k_stop: 2, k_target: 2.5, rr: 1.25, delta: 1.25 },
    ])
  })
})

describe('the signals of a stored run', () => {
  const path = { bars: 4, openTs: Float64Array.of(10, 20, 30, 40) } as PricePath
  const trades = { entryTs: [20, 40], side: [1, -1] } as never

  it('were decided a bar before they entered', () => {
    const { bar, side } = signalsOf({ path }, { trades })
    expect([[...bar], [...side]]).toEqual([
      [0, 2],
      [1, -1],
    ])
  })

  it('must lie on the path', () => {
    expect(() => signalsOf({ path }, { trades: { entryTs: [25], side: [1] } as never })).toThrow('25')
  })
})
