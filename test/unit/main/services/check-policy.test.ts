import { describe, expect, it } from 'vitest'
import { checkPolicy, type PolicyFacts } from '#main/services/check-policy.ts'
import { effectiveExecution, type PolicyFile } from '#shared/catalog/packs/policy.ts'

const swing = { modelId: 'm', cadence: 'daily', horizon: 'swing', assetType: 'eq' } as const
const sameDay = { modelId: 'm', cadence: 'hourly', horizon: '0dte', assetType: 'opt' } as const

function check(policy: PolicyFile, facts: Partial<PolicyFacts> = {}) {
  return checkPolicy({
    model: swing,
    policy,
    effective: effectiveExecution(policy),
    columns: ['rsi_14', 'momentum_score_total'],
    fill: 'next_open',
    momentum: null,
    thresholds: [0.55],
    ...facts,
  })
}
const brackets = (given: object): PolicyFile => ({
  execution: { brackets: { time_stop_minutes: 7800, ...given } },
})

describe('checkPolicy', () => {
  it('finds nothing wrong with a plain policy', () => {
    expect(check(brackets({}))).toEqual({ ok: true, errors: [], warnings: [] })
  })

  it.each<[string, PolicyFile, Partial<PolicyFacts>, RegExp]>([
    [
      'a momentum gate on a column that the matrix lacks',
      { execution: { momentum_gate: true, momentum_column: 'rsi_41' } },
      {},
      /rsi_41 is not a column of the matrix of m \(did you mean rsi_14\?\)/,
    ],
    [
      'a momentum gate that nothing passes',
      { execution: { momentum_gate: true, momentum_min: 5 } },
      { momentum: Float64Array.of(1, -3.25, Number.NaN) },
      /momentum_min 5 lets no trade through: momentum_score_total reaches 3.25/,
    ],
    ['a ratio below min_rr', brackets({ min_rr: 2.5 }), {}, /target 3 over stop 1.5 is 2, below min_rr 2.5/],
    ['sizes of nothing', { execution: { size_by_conf: true, conf_cap: 0 } }, {}, /every trade has size 0/],
    ['a score that nothing reaches', { alerting: { min_signal_score: 1 } }, {}, /no signal reaches/],
  ])('refuses %s', (_, policy, facts, message) => {
    const { ok, errors } = check(policy, facts)
    expect(ok).toBe(false)
    expect(errors.join()).toMatch(message)
  })

  it.each<[string, PolicyFile, Partial<PolicyFacts>, RegExp]>([
    [
      'alerts above the threshold',
      { alerting: { min_signal_score: 0.62 } },
      {},
      /above the trained threshold 0.55/,
    ],
    ['alerts that hold nothing back', { alerting: { min_signal_score: 0.4 } }, {}, /holds nothing back/],
    ['an adjustment that is not made', brackets({ regime_adjust: true }), {}, /regime_adjust is not applied/],
    ['a series without traded opens', brackets({}), { fill: 'next_close' }, /not traded prices/],
    ['a time stop under a bar', brackets({ time_stop_minutes: 120 }), {}, /less than a daily bar/],
    ['free trades', { execution: { slippage_bps: 0 } }, {}, /cost nothing/],
    ['a same-day model that waits a session', brackets({}), { model: sameDay }, /a session late/],
    ['a same-day trade past the close', brackets({}), { model: sameDay }, /past the close/],
    [
      'a same-day model with later contracts',
      { execution: { options: { selection: { dte_target: 7 } } } },
      { model: sameDay },
      /dte_target 7/,
    ],
  ])('warns of %s', (_, policy, facts, message) => {
    const { ok, warnings } = check(policy, facts)
    expect(ok).toBe(true)
    expect(warnings.join()).toMatch(message)
  })

  it('says nothing of brackets that are off', () => {
    expect(check(brackets({ enabled: false, min_rr: 9 })).ok).toBe(true)
  })
})
