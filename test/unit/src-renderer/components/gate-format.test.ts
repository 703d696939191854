import { describe, expect, it } from 'vitest'
import { humanize } from '#renderer/components/format.ts'
import { formatRuleValue, nearMiss, reasonText, ruleTitle } from '#renderer/components/gate-format.ts'
import { gates } from '#shared/catalog/gates/index.ts'
import type { GateCheck } from '#shared/contract/schemas.ts'

const check = (change: Partial<GateCheck> = {}): GateCheck => ({
  rule: 'sharpe_min',
  reason: 'sharpe_below_min',
  status: 'fail',
  direction: 'at_least',
  limit: 1,
  observed: 0.96,
  budget_use: 1.04,
  worst_fold: null,
  ...change,
})

describe('a near miss', () => {
  it('says by how much a single rule is missed', () => {
    expect(nearMiss({ pass: false, reasons: ['sharpe_below_min'] }, [check()], 'balanced')).toBe(
      'fails balanced by 0.04 (sharpe)',
    )
  })

  it('gives a share in percent', () => {
    const drawdown = check({ rule: 'max_dd', reason: 'max_dd_exceeded', limit: 0.2, observed: 0.215 })
    expect(nearMiss({ pass: false, reasons: ['max_dd_exceeded'] }, [drawdown], 'balanced')).toBe(
      'fails balanced by 1.5% (drawdown)',
    )
  })

  it('counts the rules where several fail', () => {
    const gate = { pass: false, reasons: ['sharpe_below_min', 'max_dd_exceeded'] }
    expect(nearMiss(gate, [check(), check({ rule: 'max_dd' })], 'aggressive')).toBe(
      'fails aggressive on 2 rules',
    )
  })

  it('names the rule where nothing can be subtracted', () => {
    const hours = check({
      rule: 'allowed_hours',
      reason: 'hours_not_allowed',
      limit: [13, 14, 15],
      observed: [9, 10],
    })
    expect(nearMiss({ pass: false, reasons: ['hours_not_allowed'] }, [hours], 'balanced')).toBe(
      'fails balanced: trades outside the allowed hours',
    )
  })

  it('is silent for a pass', () => {
    expect(nearMiss({ pass: true, reasons: [] }, [], 'balanced')).toBe('')
  })
})

describe('values of a rule', () => {
  it('are written in the unit of the rule', () => {
    expect(formatRuleValue(check(), 0.963)).toBe('0.96')
    expect(formatRuleValue(check({ rule: 'oi_min' }), 500)).toBe('500')
    expect(formatRuleValue(check({ rule: 'adv_max' }), 0.0005)).toBe('0.05%')
    expect(formatRuleValue(check({ rule: 'allowed_hours' }), [13, 14, 15])).toBe('13–15')
    expect(formatRuleValue(check(), null)).toBe('–')
  })

  it('are known for every rule that a budget can hold', () => {
    for (const { id } of gates.values()) expect(ruleTitle(check({ rule: id })), id).not.toBe(humanize(id))
    for (const { reason } of gates.values())
      expect(reasonText(reason), reason).not.toBe(humanize(reason).toLowerCase())
  })

  it('have words for a reason not known yet', () => {
    expect(reasonText('something_new')).toBe('something new')
  })
})
