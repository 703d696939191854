import { describe, expect, it } from 'vitest'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import type { EvaluateInput, FillRule, ThresholdResult } from '#shared/jobs/evaluate-types.ts'
import * as naive from '#test/naive-statistics.ts'
import { isSame } from '#test/reply-places.ts'
import { evaluateConfigs } from '#workers/jobs/evaluate-configs.ts'
import { type BruteResult, evaluateByBruteForce } from './brute-force.ts'
import { plainConfig, randomCase } from './random-case.ts'
import { secondMetrics, viewOf } from './second-metrics.ts'

const context = { report: () => {}, cancelled: () => false }
const fills: FillRule[] = ['next_open', 'next_close', 'close_to_open', 'return_column', 'direction']
const annual = Math.sqrt(252)
const known = (value: number) => (Number.isFinite(value) ? value : null)

function expectSame(first: unknown, second: unknown, what: string): void {
  expect(isSame(first, second), `${what} is ${first}, by its definition ${second}`).toBe(true)
}

/** Each figure of a threshold held through all test parts, once more. A column without an entry does not compile. */
const secondThreshold: { [K in keyof ThresholdResult]: (run: BruteResult, input: EvaluateInput) => unknown } =
  {
    thr: ({ thresholds }) => thresholds[0],
    cum_ret: ({ equity }) => equity - 1,
    sharpe_hourly: ({ barReturns }, { barsPerSession }) =>
      known(naive.sharpe(barReturns) * Math.sqrt(252 * barsPerSession)),
    sharpe: ({ daily }) => known(naive.sharpe(daily) * annual),
    trades: ({ tradeReturns }) => tradeReturns.length,
    win_rate: ({ tradeReturns }) => known(tradeReturns.filter((r) => r > 0).length / tradeReturns.length),
    max_dd: ({ daily }) => naive.drawdown(daily).depth,
  }

const caseOf = (fill: FillRule, seed: number, values: number[]) =>
  randomCase({
    ...{ seed, fill, slippageBps: [4, 0, 15][seed % 3]!, blocks: 3 },
    ...{ sessions: seed % 2 ? 14 : 90, barsPerSession: seed % 2 ? (7 as const) : (1 as const) },
    horizonBars: fill === 'close_to_open' ? 1 : 1 + (seed % 3),
    configs: [{ ...plainConfig, values, reportEach: true }],
  })

describe.each(fills)('the parts of a run, each computed a second time: %s', (fill) => {
  it('the figures of each fold as a record of its own', () => {
    const seen = new Set<string>()
    for (let seed = 0; seed < 6; seed++) {
      const input = caseOf(fill, 17 * seed, [0.55])
      const [result] = evaluateConfigs(input, context)
      result!.folds.forEach((report, k) => {
        const trials = { count: 1, effective: 1, sharpes: [] }
        const one = { ...input, folds: [input.folds[k]!] }
        const view = viewOf(one, { trials, family: 'trend', turnoverMax: 1 })
        for (const [name, value] of Object.entries(report.metrics)) {
          const second = known(secondMetrics[name as keyof RunMetrics](view))
          // Simpson's rule is exact to so much.
          if (name === 'psr') expect(value ?? -1).toBeCloseTo(second ?? -1, 10)
          else expectSame(value, second, `${seed} fold ${k}: ${name}`)
          seen.add(name)
        }
      })
    }
    expect(seen.size).toBeGreaterThan(25)
  })

  it.each([3, 18])('the rows of %i thresholds', (count) => {
    const values = Array.from({ length: count }, (_, k) => 0.5 + k / 60)
    for (let seed = 0; seed < 4; seed++) {
      const input = caseOf(fill, 100 + seed, values)
      const [result] = evaluateConfigs(input, context)
      expect(result!.thresholdResults).toHaveLength(count)
      for (const row of result!.thresholdResults) {
        const run = evaluateByBruteForce(input, { ...plainConfig, values: [row.thr] })
        for (const [name, value] of Object.entries(row))
          expectSame(value, secondThreshold[name as keyof ThresholdResult](run, input), `${row.thr} ${name}`)
      }
    }
  })

  it('the table of hours', () => {
    const input = caseOf(fill, 51, [0.55])
    const [{ hours, trades }] = evaluateConfigs(input, context) as [
      ReturnType<typeof evaluateConfigs>[0] & {},
    ]
    expect(hours.length).toBeGreaterThan(0)
    const hourOf = (t: number) => input.rows.hourEt[trades.row[t]!]!
    const all = [...trades.ret.keys()]
    expect(hours.map(({ hour }) => hour)).toEqual([...new Set(all.map(hourOf))].sort((a, b) => a - b))
    for (const { hour, ...figures } of hours) {
      const returns = all.filter((t) => hourOf(t) === hour).map((t) => trades.ret[t]!)
      const second: typeof figures = {
        trades: returns.length,
        win_rate: returns.filter((r) => r > 0).length / returns.length,
        mean_ret: naive.mean(returns),
      }
      for (const [name, value] of Object.entries(figures))
        expectSame(value, second[name as keyof typeof second], `${hour}: ${name}`)
    }
  })
})
