import { describe, expect, it } from 'vitest'
import { normalCdf, normalQuantile } from '#shared/kernels/normal.ts'
import { blockReturns, overfittingBlocks, overfittingProbability } from '#shared/kernels/overfitting.ts'
import { drawdownOf, expectedShortfall, sortinoOf, tradeFigures } from '#shared/kernels/performance.ts'
import {
  createMeanCorrelation,
  deflatedSharpe,
  effectiveTrials,
  expectedMaximum,
  minBacktestLength,
  minTrackRecordLength,
  momentsOf,
  probabilisticSharpe,
  quantileOf,
  sharpeError,
  sharpeOf,
  spearman,
} from '#shared/kernels/statistics.ts'

describe('the normal distribution', () => {
  // From the C library's erfc.
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1, 0.15865525393145705],
    [1.96, 0.9750021048517795],
    [2.999, 0.9986456634662729],
    [-5, 2.866515718791939e-7],
    [-10, 7.619853024160527e-24],
    [8, 0.9999999999999993],
  ])('has the distribution function %d → %d', (x, p) => {
    expect(Math.abs(normalCdf(x) - p)).toBeLessThan(1e-14)
    if (x <= -5) expect(Math.abs(normalCdf(x) / p - 1)).toBeLessThan(1e-12)
  })

  it('is smooth where the series hands over to the tail', () => {
    expect(normalCdf(-3 - 1e-9) - normalCdf(-3 + 1e-9)).toBeCloseTo(-2e-9 * 0.0044318484119, 15)
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0)
    expect(normalCdf(Number.NaN)).toBeNaN()
  })

  it('inverts itself', () => {
    for (const p of [1e-300, 1e-12, 0.001, 0.02, 0.3, 0.5, 0.77, 0.99, 0.9999]) {
      expect(Math.abs(normalCdf(normalQuantile(p)) / p - 1)).toBeLessThan(1e-12)
    }
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY)
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY)
    expect(normalQuantile(1.1)).toBeNaN()
  })
})

describe('inference on Sharpe ratios', () => {
  it('expects the maximum of 10 and 100 trials', () => {
    expect(expectedMaximum(10)).toBeCloseTo(1.5745983013, 9)
    expect(expectedMaximum(100)).toBeCloseTo(2.5306028932, 9)
    expect(expectedMaximum(1)).toBe(0)
    expect(expectedMaximum(1.01)).toBe(0)
  })

  it('deflates the published example', () => {
    const estimate = { sharpe: 2.5 / Math.sqrt(250), count: 1250, skewness: -3, kurtosis: 10 }
    const { sr0, dsr } = deflatedSharpe(estimate, 100, 0.5 / 250)
    expect(sr0).toBeCloseTo(0.1131720019, 9)
    expect(dsr).toBeCloseTo(0.9003968344, 9)
    expect(deflatedSharpe(estimate, 1, 0.5 / 250)).toEqual({ sr0: 0, dsr: probabilisticSharpe(estimate) })
  })

  it('gives the probability of the published track record', () => {
    const estimate = { sharpe: 1.585 / Math.sqrt(12), count: 24, skewness: -2.448, kurtosis: 10.164 }
    expect(probabilisticSharpe(estimate)).toBeCloseTo(0.9132343069, 9)
  })

  it('gives the published minimum lengths', () => {
    const daily = { sharpe: 2 / Math.sqrt(250), skewness: 0, kurtosis: 3 }
    expect(minTrackRecordLength(daily, 1 / Math.sqrt(250)) / 250).toBeCloseTo(2.7311878017, 9)
    expect(minBacktestLength(45, 1)).toBeCloseTo(4.9980870044, 9)
    expect(minTrackRecordLength({ ...daily, sharpe: -1 })).toBeNaN()
  })

  it('has the error of Lo (2002) for normal returns', () => {
    const error = sharpeError({ sharpe: 0.1, count: 1001, skewness: 0, kurtosis: 3 })
    expect(error).toBeCloseTo(Math.sqrt((1 + 0.5 * 0.01) / 1000), 15)
  })

  it('counts correlated trials as fewer', () => {
    expect(effectiveTrials(10, 0.5)).toBe(5.5)
    expect(effectiveTrials(10, 1)).toBe(1)
    expect(effectiveTrials(10, -0.2)).toBe(10)
    expect(effectiveTrials(1, Number.NaN)).toBe(1)
  })

  it('averages correlations as pair by pair', () => {
    const series = [
      Float64Array.of(1, 2, 3, 4, 9),
      Float64Array.of(2, 1, 4, 3, 5),
      Float64Array.of(-1, 4, -2, 8, 1),
      new Float64Array(5).fill(3),
    ]
    const correlation = (x: Float64Array, y: Float64Array) => {
      const [mx, my] = [momentsOf(x), momentsOf(y)]
      return x.reduce((sum, each, i) => sum + (each - mx.mean) * (y[i]! - my.mean), 0) / 4 / mx.std / my.std
    }
    const [a, b, c] = series as [Float64Array, Float64Array, Float64Array]
    const mean = (correlation(a, b) + correlation(a, c) + correlation(b, c)) / 3
    const correlations = createMeanCorrelation(5)
    correlations.add(a)
    expect(correlations.value()).toBeNaN()
    for (const x of series.slice(1)) correlations.add(x)
    expect(correlations.value()).toBeCloseTo(mean, 12)
  })
})

describe('moments and order statistics', () => {
  it('agree with hand-computed values', () => {
    const { mean, std, skewness, kurtosis } = momentsOf(Float64Array.of(1, 2, 3, 6))
    expect(mean).toBe(3)
    expect(std).toBeCloseTo(Math.sqrt(14 / 3), 14)
    expect(skewness).toBeCloseTo(4.5 / 3.5 ** 1.5, 14)
    expect(kurtosis).toBeCloseTo(24.5 / 3.5 ** 2, 14)
  })

  it('find no variation in a constant series', () => {
    expect(momentsOf(new Float64Array(30).fill(0.1)).std).toBe(0)
    expect(sharpeOf(momentsOf(new Float64Array(30).fill(0.1)))).toBeNaN()
    expect(sharpeOf(momentsOf(new Float64Array(0)))).toBeNaN()
  })

  it('interpolate quantiles between order statistics', () => {
    const sorted = Float64Array.of(1, 2, 4, 8)
    expect([0, 0.25, 0.5, 1].map((p) => quantileOf(sorted, p))).toEqual([1, 1.75, 3, 8])
    expect(quantileOf(new Float64Array(0), 0.5)).toBeNaN()
  })

  it('correlate ranks, ties at their mean rank, without pairs that miss a value', () => {
    // Ranks 1, 2.5, 2.5, 4, 5 against 2, 1, 3.5, 3.5, 5: 7.25 / 9.5.
    const x = Float64Array.of(1, 2, 2, 3, Number.NaN, 5)
    const y = Float64Array.of(3, 1, 4, 4, 9, 10)
    expect(spearman(x, y)).toBeCloseTo(0.7631578947368421, 12)
    expect(spearman(x, x)).toBeCloseTo(1, 15)
    expect(spearman(Float64Array.of(1, 1, 1), Float64Array.of(1, 2, 3))).toBeNaN()
  })
})

describe('performance figures', () => {
  it('agree with the published example', () => {
    const returns = Float64Array.of(0.01, 0.1, -0.04, 0.02, 0.03, 0.02, 0.01, -0.1)
    expect(sharpeOf(momentsOf(returns)) * Math.sqrt(252)).toBeCloseTo(1.7238613961706866, 12)
    expect(sortinoOf(returns) * Math.sqrt(252)).toBeCloseTo(2.605531251673693, 12)
    expect(drawdownOf(returns).depth).toBeCloseTo(0.1, 14)
    expect(drawdownOf(returns).equity - 1).toBeCloseTo(0.03893, 5)
    expect(tradeFigures(returns).profitFactor).toBeCloseTo(1.3571428571, 10)
    expect(tradeFigures(returns).winRate).toBe(0.75)
  })

  it('take the fraction of the observation at the edge of the tail', () => {
    // 5 % of 50 is 2.5: the two worst and half of the third.
    const returns = Float64Array.from({ length: 50 }, (_, i) => (i - 10) / 100)
    expect(expectedShortfall(returns)).toBeCloseTo((0.1 + 0.09 + 0.04) / 2.5, 14)
    expect(expectedShortfall(returns.subarray(0, 39))).toBeNaN()
    expect(expectedShortfall(returns.subarray(0, 40))).toBeCloseTo(0.095, 14)
  })

  it('have no value where there is nothing to divide by', () => {
    expect(sortinoOf(Float64Array.of(0.1, 0.2))).toBeNaN()
    expect(tradeFigures(Float64Array.of(0.1)).profitFactor).toBeNaN()
    expect(tradeFigures(new Float64Array(0)).winRate).toBeNaN()
    expect(drawdownOf(Float64Array.of(-1, 0.5)).depth).toBe(1)
  })
})

describe('the probability of backtest overfitting', () => {
  /** 240 days × 10 configurations of the linear congruential noise of the published figures. */
  function noise(edge: number): Float64Array[] {
    const series = Array.from({ length: 10 }, () => new Float64Array(240))
    let x = 42
    for (let t = 0; t < 240; t++) {
      for (let c = 0; c < 10; c++) {
        x = (Math.imul(1_664_525, x) + 1_013_904_223) >>> 0
        series[c]![t] = (x / 2 ** 32 - 0.5) * 0.02 + (c === 0 ? edge : 0)
      }
    }
    return series
  }

  const overfitting = (returns: Float64Array[], blocks: number) =>
    overfittingProbability(returns.map((x) => blockReturns(x, blocks)))

  it.each([
    [6, 0, 0.5],
    [8, 0, 0.5285714286],
    [8, 0.002, 0],
  ])('with %i blocks and an edge of %d is %d', (blocks, edge, pbo) => {
    expect(overfitting(noise(edge), blocks).pbo).toBeCloseTo(pbo, 10)
  })

  it('finds a true edge profitable out of sample and noise often not', () => {
    expect(overfitting(noise(0.002), 8).lossProbability).toBe(0)
    expect(overfitting(noise(-0.002), 8).lossProbability).toBeGreaterThan(0.2)
    expect(overfitting(noise(0), 8).logits).toHaveLength(70)
  })

  it('drops the oldest days that do not fill a block', () => {
    const later = noise(0).map((x) => Float64Array.of(0.5, -0.5, 0.5, ...x))
    expect(overfitting(later, 8).pbo).toBe(overfitting(noise(0), 8).pbo)
  })

  it('cuts into 16 blocks where each has 20 days, else into fewer, and asks for enough of both', () => {
    expect([320, 319, 160, 120, 119].map((days) => overfittingBlocks(days, 10))).toEqual([16, 14, 8, 6, null])
    expect(overfittingBlocks(1000, 9)).toBeNull()
  })
})
