import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const sharpeMin = defineGate({
  id: 'sharpe_min',
  title: 'Sharpe ratio',
  doc: 'Annual Sharpe ratio out of sample, at least.',
  reason: 'sharpe_below_min',
  direction: 'at_least',
  limit: Type.Number({ minimum: -10, maximum: 50 }),
  unit: 'ratio',
  observe: ({ metrics }) => ({ observed: metrics.sharpe }),
  observeFold: (fold) => fold.sharpe ?? null,
})
