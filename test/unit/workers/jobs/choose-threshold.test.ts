import { describe, expect, it } from 'vitest'
import type { StrategyConfig } from '#shared/jobs/evaluate-types.ts'
import { chooseThreshold } from '#workers/jobs/choose-threshold.ts'
import { evaluateConfigs } from '#workers/jobs/evaluate-configs.ts'
import { plainConfig, randomCase } from '../backtest/random-case.ts'

const context = { report: () => {}, cancelled: () => false }
const input = randomCase({
  seed: 5,
  sessions: 300,
  barsPerSession: 1,
  horizonBars: 1,
  fill: 'next_open',
  slippageBps: 1,
})
const { innerRows, innerProba } = input.folds[3]!

function choose(config: StrategyConfig): number {
  const { folds: _folds, configs: _configs, ...rest } = input
  return chooseThreshold({ ...rest, config, innerRows, innerProba }, context)!.threshold
}

describe('the threshold of an artifact', () => {
  it.each(['sharpe', 'cum_ret', 'trades'] as const)(
    'is the one that does best by %s on the training rows',
    (selectBy) => {
      const values = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8]
      const chosen = choose({ ...plainConfig, values, selectBy })
      // The same scores as test rows: what each threshold would have earned on them.
      const fold = { ...input.folds[3]!, testRows: innerRows, testProba: innerProba }
      const figures = values.map((thr) => {
        const [result] = evaluateConfigs(
          { ...input, folds: [fold], configs: [{ ...plainConfig, values: [thr] }] },
          context,
        )
        const { sharpe, cum_return, trades } = result!.metrics
        return { sharpe, cum_ret: cum_return, trades }[selectBy]!
      })
      expect(chosen).toBe(values[figures.indexOf(Math.max(...figures))])
      if (selectBy !== 'trades') expect(chosen).toBeGreaterThan(0.5)
    },
  )

  it('cuts off the share asked for', () => {
    const cutoff = choose({ ...plainConfig, kind: 'top_pct', values: [0.2] })
    const tradable = Array.from(innerRows, (row, k) => ({ row, k })).filter(
      ({ row }) => input.rows.exitBar[row]! >= 0,
    )
    const confident = tradable.filter(({ k }) => {
      const [down, , up] = innerProba.subarray(k * 3, k * 3 + 3)
      const p = up! / (up! + down!)
      return Math.max(p, 1 - p) >= cutoff
    })
    expect(confident.length).toBe(Math.round(0.2 * tradable.length))
  })

  it('is missing where no training row could have been traded', () => {
    const { folds: _folds, configs: _configs, ...rest } = input
    const none = { innerRows: new Int32Array(0), innerProba: new Float64Array(0) }
    expect(chooseThreshold({ ...rest, config: plainConfig, ...none }, context)).toBeNull()
  })
})
