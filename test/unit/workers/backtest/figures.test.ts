import { describe, expect, it } from 'vitest'
import type { EvaluateInput } from '#shared/jobs/evaluate-types.ts'
import type { FoldScores } from '#shared/jobs/scoring-types.ts'
import { drawdownOf } from '#shared/kernels/performance.ts'
import { evaluateConfigs } from '#workers/jobs/evaluate-configs.ts'
import { plainConfig, randomCase, seeded } from './random-case.ts'

const context = { report: () => {}, cancelled: () => false }
const evaluate = (input: EvaluateInput) => evaluateConfigs(input, context)[0]!
const daily = {
  seed: 3,
  sessions: 200,
  barsPerSession: 1 as const,
  horizonBars: 1,
  fill: 'next_open' as const,
  slippageBps: 10,
}

/** Scores that know the outcome of every row, or always say UP. */
function rescore(input: EvaluateInput, upOf: (row: number) => number): EvaluateInput {
  for (const fold of input.folds) {
    fold.testRows.forEach((row, k) => {
      fold.testProba.set([1 - upOf(row), 0, upOf(row)], 3 * k)
    })
    fold.innerRows.forEach((row, k) => {
      fold.innerProba.set([1 - upOf(row), 0, upOf(row)], 3 * k)
    })
  }
  return input
}

function onlyFold(input: EvaluateInput, testRows: number[], up: number): EvaluateInput {
  const fold: FoldScores = {
    ...input.folds[0]!,
    testRows: Int32Array.from(testRows),
    testProba: Float64Array.from(testRows.flatMap(() => [1 - up, 0, up])),
  }
  return { ...input, folds: [fold] }
}

/** A return column that gives the daily returns of a published example. */
function oracleInput(): EvaluateInput {
  const returns = [0.01, 0.1, -0.04, 0.02, 0.03, 0.02, 0.01, -0.1]
  const input = randomCase({ ...daily, sessions: 8, fill: 'return_column', slippageBps: 0, blocks: 1 })
  input.rows.retFwd = Float64Array.from(returns)
  input.rows.y = Int8Array.from(returns, (r) => (r > 0 ? 2 : 0))
  return onlyFold(input, [0, 1, 2, 3, 4, 5, 6, 7], 0.9)
}

describe('figures of a run', () => {
  it('agree with the published example of eight daily returns', () => {
    const { metrics } = evaluate(oracleInput())
    expect(metrics.sharpe).toBeCloseTo(1.7238613961706866, 12)
    expect(metrics.sortino).toBeCloseTo(2.605531251673693, 12)
    expect(metrics.max_dd).toBeCloseTo(0.1, 12)
    expect(metrics.cum_return).toBeCloseTo(0.03893, 5)
    expect(metrics.profit_factor).toBeCloseTo(1.3571428571, 10)
    expect(metrics.win_rate).toBe(0.75)
    expect(metrics.worst_day).toBeCloseTo(0.1, 12)
    expect(metrics.mean_loss).toBeCloseTo(0.07, 12)
    expect(metrics.underwater_days).toBe(2)
    expect(metrics.es95).toBeNull()
    expect(metrics.sessions).toBe(8)
    expect(metrics.trades_per_year).toBeCloseTo(252, 12)
  })

  it('break-even cost per side brings the sum of returns to 0', () => {
    const input = oracleInput()
    const breakeven = evaluate(input).metrics.breakeven_cost_bps!
    // Eight lone trades, two sides each: 0.05 of return over 16 sides.
    expect(breakeven).toBeCloseTo((0.05 / 16) * 1e4, 9)
    const trades = evaluate({ ...input, slippageBps: breakeven }).trades.ret
    expect(trades.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12)
  })

  it('replay the price ratio less costs for one long trade held from first to last bar', () => {
    const base = randomCase(daily)
    const path = base.path!
    base.rows.exitBar[0] = path.bars - 1
    const result = evaluate(onlyFold(base, [0], 1))
    const ratio = path.close[path.bars - 1]! / path.open[1]!
    expect(Math.abs(result.metrics.cum_return! - (ratio * 0.999 ** 2 - 1))).toBeLessThan(1e-12)
    expect(result.metrics.sessions).toBe(path.bars)
    expect(result.metrics.turnover).toBeCloseTo((2 * 252) / path.bars, 12)
    expect(result.trades.ret[0]).toBeCloseTo(ratio - 1 - 0.002, 12)
  })

  it('replay the price ratio for daily longs that net at the close', () => {
    const input = randomCase({ ...daily, fill: 'next_close' })
    const rows = [...input.rows.exitBar.keys()].filter((i) => input.rows.exitBar[i]! >= 0)
    const { metrics, trades } = evaluate(onlyFold(input, rows, 1))
    const path = input.path!
    const ratio = path.close[path.bars - 1]! / path.close[1]!
    expect(Math.abs(metrics.cum_return! - (ratio * 0.999 ** 2 - 1))).toBeLessThan(1e-12)
    expect(trades.ret.length).toBe(path.bars - 2)
  })

  it('never read opens where fills are at closes', () => {
    const input = randomCase({ ...daily, fill: 'next_close', horizonBars: 3 })
    const before = evaluate(input).dailyReturn
    input.path!.open.fill(1)
    expect(evaluate(input).dailyReturn).toEqual(before)
  })

  it.each([
    ['next_open', 1],
    ['next_close', 1],
    ['close_to_open', 1],
    ['return_column', 1],
    ['direction', 1],
  ] as const)('perfect scores profit in every fold: %s', (fill, horizonBars) => {
    const input = randomCase({ ...daily, fill, horizonBars, slippageBps: 0 })
    // The outcome of the fill itself, not of the label, is what a perfect score knows here.
    const { path, rows } = input
    const outcome = (row: number) => {
      const x = rows.exitBar[row]!
      if (path === null || x < 0 || x + 1 >= path.bars) return rows.y[row] === 0 ? -1 : 1
      if (fill === 'next_close') return path.close[x + 1]! - path.close[row + 1]!
      return fill === 'next_open' ? path.close[x]! - path.open[row + 1]! : path.open[x]! - path.close[row]!
    }
    const { folds, metrics } = evaluate(rescore(input, (row) => (outcome(row) > 0 ? 0.9 : 0.1)))
    for (const { metrics: figures } of folds) expect(figures.cum_return).toBeGreaterThan(0.02)
    expect(metrics.win_rate).toBeGreaterThan(0.5)
    expect(metrics.fold_sharpe_min).toBeGreaterThan(2)
  })

  it('hold nothing on the deciding bar and keep flat days as zeros', () => {
    const input = onlyFold(randomCase(daily), [100, 101, 102, 103, 104], 0.5)
    const { dailyReturn, metrics } = evaluate({ ...input, configs: [{ ...plainConfig, values: [0.5] }] })
    expect([...dailyReturn]).toEqual([0, 0, 0, 0, 0, 0])
    expect(metrics).toMatchObject({
      trades: 0,
      sharpe: null,
      win_rate: null,
      max_dd: 0,
      cum_return: 0,
      sortino: null,
    })
    const traded = evaluate(onlyFold(randomCase(daily), [100], 0.9)).dailyReturn
    expect(traded[0]).toBe(0)
    expect(traded.length).toBe(2)
  })

  it('contain neither NaN nor Infinity, with all folds, some folds and no fold', () => {
    const input = randomCase({
      ...daily,
      configs: [{ ...plainConfig, values: [0.5, 0.99], reportEach: true }],
    })
    for (const skippedFrom of [9, 2, 0]) {
      const folds = input.folds.map((f, k) => ({ ...f, skipped: k >= skippedFrom ? 'one class' : null }))
      const { metrics, folds: reports, thresholdResults } = evaluate({ ...input, folds })
      const figures = [metrics, ...reports.map((r) => r.metrics), ...thresholdResults].flatMap((m) =>
        Object.values(m),
      )
      for (const value of figures) expect(value === null || Number.isFinite(value)).toBe(true)
      if (skippedFrom === 0) {
        expect(metrics.sessions).toBe(0)
        expect(metrics.sharpe).toBeNull()
        expect(reports.map((r) => r.skipped)).toEqual(['one class', 'one class', 'one class', 'one class'])
      }
    }
  })

  it('count a row that several folds test once, at the mean of their positions', () => {
    const input = onlyFold(randomCase(daily), [50, 60, 70], 0.9)
    const once = evaluate(input)
    const twice = evaluate({ ...input, folds: [input.folds[0]!, { ...input.folds[0]!, fold: 1 }] })
    expect(twice.metrics.trades).toBe(3)
    expect(twice.dailyReturn).toEqual(once.dailyReturn)
    const opposed = {
      ...input.folds[0]!,
      fold: 1,
      testProba: Float64Array.of(0.9, 0, 0.1, 0.9, 0, 0.1, 0.9, 0, 0.1),
    }
    expect(evaluate({ ...input, folds: [input.folds[0]!, opposed] }).metrics.trades).toBe(0)
  })

  it('report each threshold on its own beside the honest choice', () => {
    const config = { ...plainConfig, values: [0.5, 0.55, 0.6], reportEach: true }
    const input = randomCase({ ...daily, configs: [config] })
    const result = evaluate(input)
    result.thresholdResults.forEach((row) => {
      const alone = evaluate({ ...input, configs: [{ ...plainConfig, values: [row.thr] }] })
      expect(row.cum_ret).toBe(alone.metrics.cum_return)
      expect(row.sharpe).toBe(alone.metrics.sharpe)
      expect(row.trades).toBe(alone.metrics.trades)
    })
    expect(result.bestCumRet).toBe(Math.max(...result.thresholdResults.map((row) => row.cum_ret)))
    expect(result.bestSharpeHourly).toBe(
      Math.max(...result.thresholdResults.map((row) => row.sharpe_hourly!)),
    )
  })

  it('do not depend on anything in the test part when a threshold is chosen', () => {
    const config = { ...plainConfig, values: [0.5, 0.52, 0.55, 0.6, 0.65] }
    for (const fill of ['next_open', 'next_close'] as const) {
      const input = randomCase({ ...daily, fill, horizonBars: 5, configs: [config] })
      const first = input.folds[0]!
      const chosen = evaluate({ ...input, folds: [first] }).folds[0]!.threshold
      const random = seeded(99)
      for (let b = first.testRows[0]!; b < input.path!.bars; b++) {
        input.path!.open[b] = 100 + 50 * random()
        input.path!.close[b] = 100 + 50 * random()
      }
      first.testProba = first.testProba.map(() => random())
      expect(evaluate({ ...input, folds: [first] }).folds[0]!.threshold).toBe(chosen)
    }
  })

  it('give the same bytes twice', () => {
    const make = () => JSON.stringify(evaluate(randomCase({ ...daily, horizonBars: 5 })))
    expect(make()).toBe(make())
  })

  it('keep same-day trades in their session when fills come late', () => {
    const input = randomCase({ ...daily, sessions: 20, barsPerSession: 7 })
    // Decided at 15:00 for the bar to 16:00: an hour later there is no bar left to enter.
    const lastDecision = [...input.rows.hourEt.keys()].filter((i) => input.rows.hourEt[i] === 14)
    expect(evaluate(onlyFold(input, lastDecision, 0.9)).metrics.sharpe_delay_1).toBeNull()
    expect(evaluate(onlyFold(input, lastDecision, 0.9)).metrics.trades).toBe(20)
  })

  it('name signals that could not be filled for want of a price, or of a return where there are no prices', () => {
    const input = onlyFold(randomCase(daily), [50, 60], 0.9)
    input.path!.open[61] = Number.NaN
    const result = evaluate(input)
    expect(result.metrics.trades).toBe(1)
    expect(result.notes).toEqual(['1 signal was not filled: no price at entry or exit'])

    const booked = onlyFold(randomCase({ ...daily, fill: 'return_column' }), [50, 60, 70], 0.9)
    for (const row of [50, 70]) booked.rows.retFwd[row] = Number.NaN
    expect(evaluate(booked).metrics.trades).toBe(1)
    expect(evaluate(booked).notes).toEqual(['2 signals were not filled: no return given'])
  })

  it('count overlapping trades by their uniqueness', () => {
    const input = onlyFold(randomCase({ ...daily, horizonBars: 4 }), [50, 51, 52, 53, 54, 55, 56, 57], 0.9)
    const { trades, trades_effective } = evaluate(input).metrics
    expect(trades).toBe(8)
    expect(trades_effective).toBeGreaterThan(2)
    expect(trades_effective).toBeLessThan(4)
  })

  it('refuse a gate without its column and a fill without its prices', () => {
    const input = randomCase({ ...daily, configs: [{ ...plainConfig, momentumGate: true }] })
    expect(() => evaluate({ ...input, rows: { ...input.rows, momentum: null } })).toThrow(/momentum column/)
    expect(() => evaluate({ ...input, path: null })).toThrow(/next_open needs a price path/)
  })

  it('stop when canceled', () => {
    expect(() => evaluateConfigs(randomCase(daily), { ...context, cancelled: () => true })).toThrow(
      /canceled/,
    )
  })

  it('of 200 random strategies on driftless prices centre on 0 and look significant in about 5 %', () => {
    let sum = 0
    let significant = 0
    for (let seed = 0; seed < 200; seed++) {
      const { metrics } = evaluate(randomCase({ ...daily, seed: 7919 * seed + 1, slippageBps: 0 }))
      sum += metrics.sharpe!
      if (metrics.psr! > 0.95) significant++
    }
    // The Sharpe ratio of 160 days has a standard error of 1.26 a year: 0.09 for the mean of 200.
    expect(Math.abs(sum / 200)).toBeLessThan(0.27)
    expect(significant).toBeGreaterThanOrEqual(3)
    expect(significant).toBeLessThanOrEqual(20)
  })

  it('take milliseconds for 12 configurations on 5,000 bars', () => {
    const values = [0.5, 0.52, 0.55, 0.6, 0.65]
    const configs = Array.from({ length: 12 }, () => ({ ...plainConfig, values }))
    const input = randomCase({ ...daily, sessions: 715, barsPerSession: 7, configs })
    const took = Array.from({ length: 4 }, () => {
      const start = performance.now()
      evaluateConfigs(input, context)
      return performance.now() - start
    })
    expect(Math.min(...took)).toBeLessThan(500)
  })
})

describe('drawdownOf', () => {
  it('agrees with every pair of peak and trough', () => {
    const random = seeded(17)
    for (let round = 0; round < 50; round++) {
      const returns = Float64Array.from({ length: 60 }, () => (random() - 0.5) * 0.2)
      const equity = [1]
      for (const r of returns) equity.push(equity[equity.length - 1]! * (1 + r))
      let depth = 0
      let underwater = 0
      let run = 0
      equity.forEach((value, t) => {
        const peak = Math.max(...equity.slice(0, t + 1))
        depth = Math.max(depth, 1 - value / peak)
        run = value < peak ? run + 1 : 0
        underwater = Math.max(underwater, run)
      })
      const found = drawdownOf(returns)
      expect(found.depth).toBeCloseTo(depth, 12)
      expect(found.underwater).toBe(underwater)
    }
  })
})
