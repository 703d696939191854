import { describe, expect, it } from 'vitest'
import type { BacktestRun } from '#renderer/api/types.ts'
import { differingFields, fieldsOf } from '#renderer/screens/compare/run-fields.ts'

const reply = (value: string, profile: string, params: Record<string, unknown>) =>
  ({
    run: {
      model_id: 'm',
      pack_id: 'p',
      ticker: 'SPY',
      sweep_id: '1',
      simulated: true,
      config: { kind: 'thr', value, allowed_hours: '13,14', splits: 5 },
      lineage: {
        matrix_sha: 'a'.repeat(64),
        config_sha: 'b'.repeat(64),
        risk_profile: profile,
        risk_sha: 'c',
      },
    },
    params,
    equity: { date: ['2024-01-02', '2024-01-03'], equity: [], drawdown: [], daily_return: [] },
  }) as unknown as BacktestRun

describe('what differs between runs', () => {
  it('lists only fields whose values are not all the same', () => {
    const fields = differingFields(
      fieldsOf([reply('0.5', 'balanced', {}), reply('0.55', 'conservative', {})]),
    )
    expect(fields).toEqual([
      { title: 'Acts on', values: ['p ≥ 0.50', 'p ≥ 0.55'] },
      { title: 'Risk profile', values: ['Balanced', 'Conservative'] },
    ])
  })

  it('reads nested requests by path, and shows what one run alone asked', () => {
    const fields = differingFields(
      fieldsOf([
        reply('0.5', 'balanced', { cv: { scheme: 'cpcv', embargo: 0.01 } }),
        reply('0.5', 'balanced', { cv: { scheme: 'walk_forward', embargo: 0.01 }, slippage_bps: 2 }),
      ]),
    )
    expect(fields).toEqual([
      { title: 'Asked: Cv scheme', values: ['cpcv', 'walk_forward'] },
      { title: 'Asked: Slippage bps', values: ['–', '2'] },
    ])
  })
})
