import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import type { GateContext } from '#shared/catalog/gates/define.ts'
import { evaluateGate } from '#shared/catalog/gates/evaluate-gate.ts'
import { gates, RiskBudget } from '#shared/catalog/gates/index.ts'
import { addOptionLimits, parseRiskBudget } from '#shared/catalog/gates/risk-budget.ts'
import { scoreRun } from '#shared/catalog/gates/scores.ts'
import { RunMetrics } from '#shared/contract/metrics.ts'
import { GateCheck } from '#shared/contract/schemas.ts'

const noMetrics = Object.fromEntries(
  Object.keys(RunMetrics.properties).map((key) => [key, null]),
) as RunMetrics

const goodMetrics: RunMetrics = {
  ...noMetrics,
  sharpe: 1.5,
  sortino: 2,
  calmar: 1.2,
  cagr: 0.12,
  cum_return: 0.2,
  max_dd: 0.1,
  es95: 0.03,
  mean_loss: 0.01,
  worst_day: 0.02,
  profit_factor: 1.4,
  expectancy: 0.001,
  trades: 60,
  trades_effective: 49,
  trades_per_year: 80,
  turnover: 3,
  sessions: 200,
  dsr: 0.97,
  fold_sharpe_std: 0.5,
  win_rate: 0.55,
}

function contextOf(metrics: Partial<RunMetrics> = {}, rest: Partial<GateContext> = {}): GateContext {
  return {
    metrics: { ...goodMetrics, ...metrics },
    capacity: { spread: 0.05, open_interest: 2000, volume: 900, fill_rate: 0.95, adv: 0.0003 },
    assetType: 'opt',
    allowedHours: [13, 14, 15],
    hasHours: true,
    leakageFlags: [],
    pbo: 0.1,
    metricsByFold: [],
    ...rest,
  }
}

const withCapacity = (change: Partial<GateContext['capacity']>) =>
  contextOf({}, { capacity: { ...contextOf().capacity, ...change } })

/** Rule, limit, reason, a context that fails it, one in which its input is missing (none where it never is). */
const cases: [string, unknown, string, GateContext, GateContext | null][] = [
  ['min_trades', 60, 'min_trades_not_met', contextOf({ trades: 59 }), contextOf({ trades: null })],
  [
    'min_trades_per_year',
    80,
    'min_trades_per_year_not_met',
    contextOf({ trades_per_year: 79.9 }),
    contextOf({ trades_per_year: null }),
  ],
  ['max_dd', 0.1, 'max_dd_exceeded', contextOf({ max_dd: 0.1001 }), contextOf({ max_dd: null })],
  ['es95_mult', 3, 'es95_exceeded', contextOf({ es95: 0.0301 }), contextOf({ es95: null })],
  ['sharpe_min', 1.5, 'sharpe_below_min', contextOf({ sharpe: 1.49 }), contextOf({ sharpe: null })],
  ['calmar_min', 1.2, 'calmar_below_min', contextOf({ calmar: 1.19 }), contextOf({ calmar: null })],
  ['spread_max', 0.05, 'spread_above_limit', withCapacity({ spread: 0.051 }), withCapacity({ spread: null })],
  [
    'oi_min',
    2000,
    'oi_below_min',
    withCapacity({ open_interest: 1999 }),
    withCapacity({ open_interest: null }),
  ],
  ['volume_min', 900, 'volume_below_min', withCapacity({ volume: 899 }), withCapacity({ volume: null })],
  [
    'fill_rate_min',
    0.95,
    'fill_rate_below_min',
    withCapacity({ fill_rate: 0.94 }),
    withCapacity({ fill_rate: null }),
  ],
  ['adv_max', 0.0003, 'adv_above_limit', withCapacity({ adv: 0.00031 }), withCapacity({ adv: null })],
  ['turnover_max', 3, 'turnover_exceeded', contextOf({ turnover: 3.1 }), contextOf({ turnover: null })],
  ['allowed_hours', [13, 14, 15], 'hours_not_allowed', contextOf({}, { allowedHours: [12, 13] }), null],
  [
    'daily_loss_max',
    0.02,
    'daily_loss_exceeded',
    contextOf({ worst_day: 0.021 }),
    contextOf({ worst_day: null }),
  ],
  ['min_sessions', 200, 'sample_too_short', contextOf({ sessions: 199 }), null],
  ['leakage_flags', 0, 'leakage_flagged', contextOf({}, { leakageFlags: ['future_close'] }), null],
  ['dsr_min', 0.97, 'dsr_below_min', contextOf({ dsr: 0.96 }), contextOf({ dsr: null })],
  ['pbo_max', 0.1, 'pbo_above_max', contextOf({}, { pbo: 0.11 }), contextOf({}, { pbo: null })],
]

describe('gate rules', () => {
  it('are all covered here', () => {
    expect(cases.map(([rule]) => rule)).toEqual([...gates.keys()])
  })

  it.each(cases)('%s passes at its limit %j, else fails as %s', (rule, limit, reason, failing, missing) => {
    const budget = parseRiskBudget({ [rule]: limit })
    const passed = evaluateGate(budget, contextOf())
    expect(passed.gate).toEqual({ pass: true, reasons: [] })
    expect(passed.checks.find((check) => check.rule === rule)).toMatchObject({ status: 'pass', limit })
    const failed = evaluateGate(budget, failing)
    expect(failed.gate).toEqual({ pass: false, reasons: [reason] })
    const line = failed.checks.find((check) => check.rule === rule)!
    expect(line.status).toBe('fail')
    if (line.budget_use !== null && limit !== 0) expect(line.budget_use).toBeGreaterThan(1)
    for (const check of [...passed.checks, ...failed.checks]) expect(Value.Check(GateCheck, check)).toBe(true)
    if (missing === null) return
    const unknown = evaluateGate(budget, missing)
    expect(unknown.gate).toEqual({ pass: false, reasons: ['metrics_missing'] })
    expect(unknown.checks.find((check) => check.rule === rule)).toMatchObject({
      status: 'fail',
      observed: null,
    })
  })
})

describe('evaluateGate', () => {
  it('checks only what the budget limits, and always length and leakage', () => {
    const { checks } = evaluateGate({}, contextOf())
    expect(checks.map((check) => [check.rule, check.limit])).toEqual([
      ['min_sessions', 60],
      ['leakage_flags', 0],
    ])
    expect(evaluateGate({}, contextOf({ sessions: 59 })).gate.reasons).toEqual(['sample_too_short'])
  })

  it('shows tail loss under 40 trades as not applicable and does not fail it', () => {
    const { gate, checks } = evaluateGate({ es95_mult: 3 }, contextOf({ trades: 39, es95: null }))
    expect(gate.pass).toBe(true)
    expect(checks[0]).toMatchObject({ status: 'not_applicable', note: 'under 40 trades: 39' })
  })

  it('shows option checks of equity models and hours of daily models as not applicable', () => {
    const context = contextOf({}, { assetType: 'eq', hasHours: false, allowedHours: null })
    const { gate, checks } = evaluateGate({ spread_max: 0.01, allowed_hours: [13] }, context)
    expect(gate.pass).toBe(true)
    expect(checks.slice(0, 2).map((check) => check.status)).toEqual(['not_applicable', 'not_applicable'])
  })

  it('fails a configuration that trades all hours where only some are allowed', () => {
    const { gate } = evaluateGate({ allowed_hours: [13, 14, 15] }, contextOf({}, { allowedHours: null }))
    expect(gate.reasons).toEqual(['hours_not_allowed'])
  })

  it('names the short sample alone where nothing was out of sample', () => {
    const context = contextOf({}, { metrics: { ...noMetrics, sessions: 0 } })
    const { gate, checks } = evaluateGate({ min_trades: 10, max_dd: 0.2, sharpe_min: 1 }, context)
    expect(gate).toEqual({ pass: false, reasons: ['sample_too_short'] })
    expect(checks).toHaveLength(5)
  })

  it('says how much of a budget is used and which fold was worst', () => {
    const metricsByFold = [
      { fold: 0, metrics: { max_dd: 0.05, sharpe: 2 } },
      { fold: 1, metrics: { max_dd: 0.15, sharpe: -1 } },
      { fold: 2, metrics: {} },
    ]
    const { checks } = evaluateGate({ max_dd: 0.2, sharpe_min: 1 }, contextOf({}, { metricsByFold }))
    expect(checks[0]).toMatchObject({ budget_use: 0.5, worst_fold: { fold: 1, observed: 0.15 } })
    expect(checks[1]!.budget_use).toBeCloseTo(1 / 1.5, 12)
    expect(checks[1]!.worst_fold).toEqual({ fold: 1, observed: -1 })
  })

  it('lists reasons in the order of the registry, each once', () => {
    const budget = { max_dd: 0.01, min_trades: 1000, dsr_min: 0.9, pbo_max: 0.5 }
    const { gate } = evaluateGate(budget, contextOf({ dsr: null }, { pbo: null, leakageFlags: ['x', 'y'] }))
    expect(gate.reasons).toEqual([
      'min_trades_not_met',
      'max_dd_exceeded',
      'leakage_flagged',
      'metrics_missing',
    ])
  })
})

describe('risk budgets', () => {
  it('refuse unknown rules and limits out of range by name', () => {
    expect(() => parseRiskBudget({ max_ddd: 0.2 })).toThrow(/unknown rule max_ddd \(did you mean max_dd\?\)/)
    expect(() => parseRiskBudget({ max_dd: 20 })).toThrow(/max_dd 20/)
    expect(() => parseRiskBudget({ leakage_flags: 1 })).toThrow(/leakage_flags 1/)
    expect(() => parseRiskBudget({ allowed_hours: [] })).toThrow(/allowed_hours \[\]/)
    expect(() => parseRiskBudget([])).toThrow(/must be an object/)
    expect(Value.Check(RiskBudget, { max_dd: 0.2, size_r: 1, allowed_hours: [13, 14] })).toBe(true)
    expect(Value.Check(RiskBudget, { spread: 0.1 })).toBe(false)
  })

  it('take option limits from the overlay where the pack has none', () => {
    const merged = addOptionLimits({ max_dd: 0.3, oi_min: 50 }, { max_dd: 0.2, oi_min: 500, spread_max: 0.1 })
    expect(merged).toEqual({ max_dd: 0.3, oi_min: 50, spread_max: 0.1 })
  })
})

describe('scores', () => {
  it('follow the formula of each family', () => {
    expect(scoreRun('options', goodMetrics, {})).toBeCloseTo(2 * 0.7 - 0.05 - 0.1, 12)
    expect(scoreRun('trend', goodMetrics, { turnover_max: 6 })).toBeCloseTo(1.5 * 0.7 - 0.05 - 0.03, 12)
    expect(scoreRun('trend', goodMetrics, {})).toBeCloseTo(1.5 * 0.7 - 0.03, 12)
    expect(scoreRun('long', goodMetrics, {})).toBe(1.2)
  })

  it('are null where a figure is missing', () => {
    expect(scoreRun('options', { ...goodMetrics, sortino: null }, {})).toBeNull()
    expect(scoreRun('options', { ...goodMetrics, fold_sharpe_std: null }, {})).toBeNull()
    expect(scoreRun('trend', { ...goodMetrics, sharpe: null }, {})).toBeNull()
    expect(scoreRun('trend', { ...goodMetrics, trades_effective: null }, {})).toBeNull()
    expect(scoreRun('long', { ...goodMetrics, calmar: null }, {})).toBeNull()
  })
})
