import { describe, expect, it } from 'vitest'
import type { EvaluateInput, FillRule, StrategyConfig } from '#shared/jobs/evaluate-types.ts'
import { evaluateConfigs } from '#workers/jobs/evaluate-configs.ts'
import { evaluateByBruteForce } from './brute-force.ts'
import { plainConfig, randomCase } from './random-case.ts'

const context = { report: () => {}, cancelled: () => false }
const evaluate = (input: EvaluateInput) => evaluateConfigs(input, context)

/** Equal to 1e-12 of the larger of 1 and the value. */
function expectClose(given: number | null | undefined, expected: number, what: string): void {
  const difference = Math.abs((given ?? Number.NaN) - expected)
  expect(difference <= 1e-12 * Math.max(1, Math.abs(expected)), `${what}: ${given} is not ${expected}`).toBe(
    true,
  )
}

function expectSameAsBruteForce(input: EvaluateInput): void {
  const results = evaluate(input)
  input.configs.forEach((config, k) => {
    const result = results[k]!
    const brute = evaluateByBruteForce(input, config)
    const what = `${input.fill} H${input.horizonBars} ${JSON.stringify(config)}`
    result.folds.forEach((fold, f) => {
      expect(fold.threshold, what).toBe(brute.thresholds[f])
    })
    expect(result.dailyReturn.length, what).toBe(brute.daily.length)
    brute.daily.forEach((r, d) => {
      expectClose(result.dailyReturn[d], r, `${what} day ${d}`)
    })
    expect(result.metrics.trades, what).toBe(brute.trades)
    expectClose(result.metrics.cum_return, brute.equity - 1, `${what} cum_return`)
    expectClose(result.metrics.turnover, brute.turnover, `${what} turnover`)
    expectClose(result.metrics.exposure, brute.exposure, `${what} exposure`)
    expectClose(result.metrics.cost_paid, brute.paid, `${what} cost_paid`)
    expectClose(result.metrics.sharpe, brute.sharpe, `${what} sharpe`)
    const double = evaluateByBruteForce(input, config, 0, 2)
    expectClose(result.metrics.sharpe_double_cost, double.sharpe, `${what} double cost`)
    if (input.path === null) expect(result.metrics.sharpe_delay_1).toBeNull()
    else
      expectClose(
        result.metrics.sharpe_delay_1,
        evaluateByBruteForce(input, config, 1).sharpe,
        `${what} delay`,
      )
    brute.tradeReturns.forEach((r, t) => {
      expectClose(result.trades.ret[t], r, `${what} trade ${t}`)
    })
  })
}

const configs: StrategyConfig[] = [
  plainConfig,
  { ...plainConfig, values: [0.5, 0.55, 0.6] },
  { ...plainConfig, values: [0.5, 0.55, 0.6], perHourThresholds: true, sizeByConf: true, confCap: 0.3 },
  { ...plainConfig, values: [0.52, 0.58], selectBy: 'cum_ret', momentumGate: true, momentumMin: 0.2 },
  { ...plainConfig, kind: 'top_pct', values: [0.2], sizeByConf: true, momentumGate: true, momentumMin: -0.5 },
  { ...plainConfig, kind: 'top_pct', values: [0.4], perHourThresholds: true },
]

it('a configuration is the same to the bit alone, among others, and after them', () => {
  const input = randomCase({
    ...{ fill: 'next_open', seed: 4, sessions: 120, barsPerSession: 7, horizonBars: 2, slippageBps: 3 },
    configs: configs.map((each) => ({ ...each, reportEach: true })),
  })
  const together = evaluate(input)
  const alone = input.configs.flatMap((config) => evaluate({ ...input, configs: [config] }))
  const backwards = evaluate({ ...input, configs: input.configs.toReversed() }).toReversed()
  expect(alone).toEqual(together)
  expect(backwards).toEqual(together)
})
describe('the evaluator against a brute-force second implementation', () => {
  const cases: [FillRule, 1 | 7, number, number][] = [
    ['next_open', 7, 1, 42],
    ['next_open', 7, 3, 42],
    ['next_open', 1, 1, 120],
    ['next_open', 1, 5, 120],
    ['next_close', 1, 1, 120],
    ['next_close', 1, 4, 120],
    ['next_close', 7, 2, 36],
    ['close_to_open', 1, 1, 120],
    ['close_to_open', 7, 1, 60],
    ['return_column', 7, 1, 36],
    ['return_column', 1, 5, 120],
    ['direction', 7, 1, 36],
  ]
  it.each(cases)(
    'agrees on %s, %i bars a session, horizon %i',
    (fill, barsPerSession, horizonBars, sessions) => {
      const seed = 1000 * horizonBars + barsPerSession
      expectSameAsBruteForce(
        randomCase({ seed, sessions, barsPerSession, horizonBars, fill, slippageBps: 7, configs }),
      )
    },
  )

  it('agrees where only some hours decide', () => {
    const input = randomCase({
      seed: 5,
      sessions: 60,
      barsPerSession: 7,
      horizonBars: 2,
      fill: 'next_open',
      slippageBps: 3,
      configs,
    })
    for (const fold of input.folds) {
      const keep = [...fold.testRows.keys()].filter((k) =>
        [12, 13].includes(input.rows.hourEt[fold.testRows[k]!]!),
      )
      fold.testProba = Float64Array.from(keep.flatMap((k) => [...fold.testProba.subarray(3 * k, 3 * k + 3)]))
      fold.testRows = Int32Array.from(keep, (k) => fold.testRows[k]!)
    }
    expectSameAsBruteForce(input)
  })

  it('agrees where the training part lies on both sides of the test part', () => {
    const input = randomCase({
      seed: 8,
      sessions: 120,
      barsPerSession: 1,
      horizonBars: 3,
      fill: 'next_open',
      slippageBps: 3,
      blocks: 2,
      configs,
    })
    const [first, second] = input.folds
    first!.innerRows = Int32Array.from({ length: 70 }, (_, k) => (k < 35 ? k : k + 48))
    first!.innerProba = second!.innerProba.slice(0, 210)
    expectSameAsBruteForce(input)
  })
})
