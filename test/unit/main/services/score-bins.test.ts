import { describe, expect, it } from 'vitest'
import { binScores, scoreDrift } from '#main/services/score-bins.ts'
import type { FoldScores } from '#shared/jobs/scoring-types.ts'

const fold = (testProba: number[]) => ({ testProba: Float64Array.from(testProba) }) as FoldScores

/** One count in the bins of the given probabilities. */
function binsOf(scores: number[]): number[] {
  return binScores([fold(scores.flatMap((p) => [1 - p, p]))], ['DOWN', 'UP'])
}

const spread = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * (i + 0.5)) / count)

describe('score bins', () => {
  it('hold directional probabilities, FLAT left out, of all folds', () => {
    const bins = binScores([fold([0.2, 0.5, 0.3]), fold([0, 1, 0])], ['DOWN', 'FLAT', 'UP'])
    // 0.3 / 0.5 = 0.6; the second row has no direction.
    expect(bins.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(bins[120]).toBe(1)
  })

  it('are closed below: a threshold is in the bin above it', () => {
    expect([0.55, 0.58, 0.65].map((p) => binsOf([p]).indexOf(1))).toEqual([110, 116, 130])
  })
})

describe('drift of scores', () => {
  const backtest = spread(0, 1, 2000)

  it('is near 0 where live scores are as the backtest’s that reach the threshold', () => {
    const live = [...spread(0, 0.4, 500), ...spread(0.6, 1, 500)]
    expect(scoreDrift(binsOf(backtest), live, 0.6)).toBeLessThan(1e-6)
  })

  it('is the index worked out by hand where half of the tenths are never seen', () => {
    const live = spread(0.5, 1, 1000)
    // Five tenths have share .0001 instead of .1, five have .2.
    const expected = 5 * (0.0001 - 0.1) * Math.log(0.0001 / 0.1) + 5 * (0.2 - 0.1) * Math.log(0.2 / 0.1)
    expect(scoreDrift(binsOf(backtest), live, 0.5)).toBeCloseTo(expected, 6)
  })

  it('is unknown with fewer than 20 scores on either hand', () => {
    expect(scoreDrift(binsOf(backtest), spread(0.6, 1, 19), 0.6)).toBeNull()
    expect(scoreDrift(binsOf(spread(0, 1, 19)), spread(0.6, 1, 100), 0.5)).toBeNull()
    expect(scoreDrift(binsOf(backtest), [], Number.POSITIVE_INFINITY)).toBeNull()
  })
})
