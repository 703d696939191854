import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const minTrades = defineGate({
  id: 'min_trades',
  title: 'Trades',
  doc: 'Closed trades out of sample, at least.',
  reason: 'min_trades_not_met',
  direction: 'at_least',
  limit: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  unit: 'count',
  observe: ({ metrics }) => ({ observed: metrics.trades }),
})
