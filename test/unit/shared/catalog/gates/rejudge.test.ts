import { describe, expect, it } from 'vitest'
import type { GateContext } from '#shared/catalog/gates/define.ts'
import { evaluateGate } from '#shared/catalog/gates/evaluate-gate.ts'
import { gates } from '#shared/catalog/gates/index.ts'
import { rejudge } from '#shared/catalog/gates/rejudge.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'

const metrics = {
  trades: 40,
  trades_per_year: 60,
  max_dd: 0.12,
  es95: 0.03,
  mean_loss: 0.01,
  profit_factor: 1.2,
  expectancy: 0.001,
  sharpe: 1.1,
  calmar: 0.8,
  turnover: 120,
  worst_day: 0.02,
  sessions: 250,
  dsr: 0.7,
} as Partial<RunMetrics> as RunMetrics

const context = (change: Partial<GateContext> = {}): GateContext => ({
  metrics,
  capacity: { spread: 0.05, open_interest: 900, volume: 300, fill_rate: 0.95, adv: 0.001 },
  assetType: 'opt',
  allowedHours: [13, 14],
  hasHours: true,
  leakageFlags: [],
  pbo: 0.3,
  metricsByFold: [],
  ...change,
})

const tight = {
  min_trades: 30,
  max_dd: 0.1,
  es95_mult: 3.5,
  sharpe_min: 1,
  spread_max: 0.06,
  oi_min: 500,
  allowed_hours: [13, 14, 15],
  pbo_max: 0.5,
}

describe('a run judged again from what was kept of it', () => {
  it('stands under another budget as if it had been judged under that one', () => {
    const budgets = [
      tight,
      { ...tight, max_dd: 0.12 },
      { ...tight, max_dd: 0.13, min_trades: 41 },
      { ...tight, max_dd: 0.2, allowed_hours: [13] },
      { max_dd: 0.5, dsr_min: 0.9, calmar_min: 0.5, min_sessions: 251 },
      { max_dd: 0.5, spread_max: 0.04 },
    ]
    for (const asset of ['opt', 'eq'] as const) {
      for (const hasHours of [true, false]) {
        const whole = context({ assetType: asset, hasHours })
        const { checks } = evaluateGate(tight, whole)
        for (const budget of budgets) {
          const { gate } = evaluateGate(budget, whole)
          expect(rejudge(budget, { metrics, checks })).toEqual({ ...gate, unknown: [] })
        }
      }
    }
  })

  it('does not pass by a rule that it was never measured for', () => {
    const { checks } = evaluateGate({ max_dd: 0.5 }, context())
    const again = rejudge({ max_dd: 0.5, oi_min: 10, pbo_max: 0.9, sharpe_min: 1 }, { metrics, checks })
    expect(again).toEqual({ pass: false, reasons: [], unknown: ['oi_min', 'pbo_max'] })
  })

  it('fails for a figure that is missing, under a new rule as under an old one', () => {
    const hollow = { ...metrics, calmar: null } as RunMetrics
    const { checks } = evaluateGate({ max_dd: 0.5 }, context({ metrics: hollow }))
    expect(rejudge({ calmar_min: 0.1 }, { metrics: hollow, checks })).toEqual({
      ...evaluateGate({ calmar_min: 0.1 }, context({ metrics: hollow })).gate,
      unknown: [],
    })
  })

  it('knows of every rule of the catalogue whether its figures tell', () => {
    const limits: Record<string, unknown> = { allowed_hours: [13], leakage_flags: 0 }
    for (const id of gates.keys()) {
      expect(() => rejudge({ [id]: limits[id] ?? 1 }, { metrics, checks: [] })).not.toThrow()
    }
  })
})
