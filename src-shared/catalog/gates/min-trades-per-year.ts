import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const minTradesPerYear = defineGate({
  id: 'min_trades_per_year',
  title: 'Trades a year',
  doc: 'Closed trades per year of 252 sessions, at least.',
  reason: 'min_trades_per_year_not_met',
  direction: 'at_least',
  limit: Type.Number({ minimum: 0, maximum: 100000 }),
  unit: 'per_year',
  observe: ({ metrics }) => ({ observed: metrics.trades_per_year }),
  observeFold: (fold) => fold.trades_per_year ?? null,
})
