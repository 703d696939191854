import { expect, it } from 'vitest'
import { changeOf, changeTo, comparisonsOf, type RiskRow } from '#renderer/screens/admin/read-budget.ts'

const budget = { max_dd: 0.2, min_trades: 20, allowed_hours: [13, 14] }

it('makes of what was typed the change alone, a number where it is one', () => {
  expect(changeOf({ max_dd: '0.15', min_trades: '20' }, budget)).toEqual({ max_dd: 0.15 })
  expect(changeOf({ max_dd: '0,15' }, budget)).toEqual({ max_dd: 0.15 })
  expect(changeOf({ allowed_hours: [13, 14] }, budget)).toEqual({})
  expect(changeOf({ allowed_hours: [13] }, budget)).toEqual({ allowed_hours: [13] })
})

it('takes a rule away where its input is emptied, and leaves what is no number to the host', () => {
  expect(changeOf({ max_dd: ' ', allowed_hours: [] }, budget)).toEqual({ max_dd: null, allowed_hours: null })
  expect(changeOf({ sharpe_min: '' }, budget)).toEqual({})
  expect(changeOf({ max_dd: 'deep' }, budget)).toEqual({ max_dd: 'deep' })
})

it('finds the change that leads to another budget, rules that it has and has not included', () => {
  const target = { max_dd: 0.1, allowed_hours: [13, 14, 15], sharpe_min: 1 }
  const change = changeOf(changeTo(target, budget), budget)
  const merged = Object.entries({ ...budget, ...change }).filter(([, limit]) => limit !== null)
  expect(Object.fromEntries(merged)).toEqual(target)
})

it('compares with what ships, then with every version before, the newest first', () => {
  const version = (n: number) => ({
    version: n,
    risk_sha: `${n}`,
    risk_budget: { min_trades: n },
    created_at: '',
  })
  const row = {
    ...version(3),
    history: [3, 2, 1].map(version),
    shipped: { min_trades: 9 },
  } as unknown as RiskRow
  expect(comparisonsOf(row).map(({ id }) => id)).toEqual(['shipped', '2', '1'])
  expect(comparisonsOf({ ...row, shipped: null }).map(({ id }) => id)).toEqual(['2', '1'])
})
