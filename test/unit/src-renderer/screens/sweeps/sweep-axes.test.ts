import { expect, it } from 'vitest'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { sweepAxes } from '#renderer/screens/sweeps/sweep-axes.ts'

const row = (kind: 'thr' | 'top_pct', value: string, allowed_hours: string | null) =>
  ({
    config: { kind, value, allowed_hours },
    metrics: { sharpe: 1, cum_return: 0.0012 },
    gate: { pass: true, reasons: [] },
  }) as unknown as LeaderboardRow

const labels = (rows: LeaderboardRow[], id: string) => {
  const axis = sweepAxes(rows).find((each) => each.id === id)
  return axis?.kind === 'name' ? axis.names.map(({ label }) => label) : undefined
}

it('rules stand in order of value, thresholds before shares, and none reads like another', () => {
  const rows = ['0.6', '0.5', '0.55', '0.51', '0.55,0.6'].map((value) => row('thr', value, '13'))
  const shares = ['0.4', '0.05', '0.051'].map((value) => row('top_pct', value, '13'))
  expect(labels([...shares, ...rows], 'rule')).toEqual([
    'p ≥ 0.50',
    'p ≥ 0.51',
    'p ≥ 0.55',
    'p ≥ 0.55, 0.60',
    'p ≥ 0.60',
    'top 5%',
    'top 5.1%',
    'top 40%',
  ])
})

it('hours stand by the first of them, and are no axis where there is but one set', () => {
  const rows = ['13,14,15', '9,10,11', '9,10'].map((hours) => row('thr', '0.5', hours))
  expect(labels(rows, 'hours')).toEqual(['9–10', '9–11', '13–15'])
  expect(labels(rows.slice(0, 1), 'hours')).toBeUndefined()
})

it('small figures keep the decimals that tell them apart', () => {
  const rows = [0.0012, 0.0015].map((cum_return) => ({ ...row('thr', '0.5', null), metrics: { cum_return } }))
  const axis = sweepAxes(rows as LeaderboardRow[]).find(({ id }) => id === 'cum_return')
  const format = axis?.kind === 'number' ? axis.format : String
  expect(format(0.0012)).not.toBe(format(0.00121))
})
