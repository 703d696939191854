import { describe, expect, it } from 'vitest'
import {
  createTrialPool,
  deflate as deflateAmong,
  type TrialSummary,
} from '#main/services/trial-statistics.ts'
import { normalCdf, normalQuantile } from '#shared/kernels/normal.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { momentsOf } from '#shared/kernels/statistics.ts'
import { correlation, mean, variance } from '#test/textbook.ts'

function returns(seed: number, days: number, drift = 0): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length: days }, () => drift + random.nextGaussian() * 0.01)
}

const sharpeDaily = (x: Float64Array) => mean([...x]) / Math.sqrt(variance([...x]))

function summariseTrials(series: Float64Array[], matrices = series.map(() => 'x')): TrialSummary {
  const pool = createTrialPool()
  for (const [i, daily_returns] of series.entries()) {
    pool.add({ matrix_sha: matrices[i]!, daily_returns, sharpe_daily: sharpeDaily(daily_returns) })
  }
  return pool.summary()
}

const deflate = (run: Float64Array, trials: TrialSummary) => deflateAmong(momentsOf(run), trials)

describe('all trials of a model', () => {
  // Two windows: three trials share 250 days, two share 120; one never traded.
  const base = returns(1, 250)
  const mixed = (seed: number) => returns(seed, 250).map((r, i) => r + base[i]!)
  const flat = new Float64Array(250)
  const series = [base, mixed(2), mixed(3), returns(4, 120), returns(5, 120), flat]
  const trials = summariseTrials(series)

  it('count as ρ + (1 − ρ) M among those on the same days, and add up over the others', () => {
    const rho = (a: number, b: number) => correlation([...series[a]!], [...series[b]!])
    // Without variation a series correlates with none, and is a trial all the same.
    const long = mean([rho(0, 1), rho(0, 2), rho(1, 2)])
    const short = rho(3, 4)
    const of = (each: number, count: number) => Math.max(0, each) + (1 - Math.max(0, each)) * count
    expect(trials.count).toBe(6)
    expect(trials.effective).toBeCloseTo(of(long, 4) + of(short, 2), 10)
  })

  it('do not become fewer by trying one of them again on its matrix', () => {
    const apart = [base, returns(6, 250), returns(7, 250), returns(8, 250)]
    const matrices = ['a', 'b', 'c', 'd']
    const twin = base.map((r, i) => r + 1e-5 * Math.sin(i))
    const before = summariseTrials(apart, matrices).effective
    const after = summariseTrials([...apart, twin], [...matrices, 'a']).effective
    expect(before).toBe(4)
    expect(after).toBeCloseTo(4, 3)
    expect(after).toBeGreaterThanOrEqual(4)
  })

  it('vary as their known daily Sharpe ratios do', () => {
    const sharpes = series.slice(0, 5).map((x) => mean([...x]) / Math.sqrt(variance([...x])))
    expect(trials.variance).toBeCloseTo(variance(sharpes), 14)
  })

  it('deflate a Sharpe ratio as published', () => {
    const run = returns(9, 250, 0.001)
    const { sr0, dsr, min_track_days, ...counts } = deflate(run, trials)
    expect(counts).toEqual({ trials: 6, trials_effective: trials.effective })
    const n = trials.effective
    const gamma = 0.5772156649015329
    const expectedBest =
      Math.sqrt(trials.variance) *
      ((1 - gamma) * normalQuantile(1 - 1 / n) + gamma * normalQuantile(1 - 1 / (n * Math.E)))
    expect(sr0).toBeCloseTo(expectedBest, 12)
    const x = [...run]
    const m = mean(x)
    const moment = (p: number) => mean(x.map((r) => (r - m) ** p))
    const sharpe = m / Math.sqrt(variance(x))
    const skewness = moment(3) / moment(2) ** 1.5
    const kurtosis = moment(4) / moment(2) ** 2
    const spread = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2
    expect(dsr).toBeCloseTo(normalCdf(((sharpe - expectedBest) * Math.sqrt(249)) / Math.sqrt(spread)), 10)
    expect(min_track_days).toBeCloseTo(1 + spread * (normalQuantile(0.95) / sharpe) ** 2, 8)
  })

  it('correlate only where they lie on the same days', () => {
    const apart = summariseTrials([base, mixed(2)], ['x', 'y'])
    expect(apart.effective).toBe(2)
    expect(summariseTrials([base, mixed(2)]).effective).toBeLessThan(2)
  })

  it('leave a lone trial its plain probability: nothing was selected', () => {
    const run = returns(9, 250, 0.001)
    const { sr0, dsr, trials_effective } = deflate(run, summariseTrials([run]))
    expect(sr0).toBe(0)
    expect(trials_effective).toBe(1)
    expect(dsr).toBeGreaterThan(0.5)
  })

  it('say null, never NaN, of a run that did not trade', () => {
    expect(deflate(flat, trials)).toMatchObject({ dsr: null, sr0: null, min_track_days: null })
    expect(deflate(new Float64Array(0), trials)).toMatchObject({ dsr: null, sr0: null })
    expect(summariseTrials([])).toEqual({
      count: 0,
      effective: 0,
      variance: 0,
    })
  })

  it('deflate more the more different trials there were', () => {
    const run = returns(9, 250, 0.001)
    const few = Array.from({ length: 5 }, (_, i) => returns(20 + i, 250))
    const many = Array.from({ length: 60 }, (_, i) => returns(20 + i, 250))
    const dsrAmong = (others: Float64Array[]) => deflate(run, summariseTrials([run, ...others])).dsr!
    expect(dsrAmong(many)).toBeLessThan(dsrAmong(few))
  })
})
