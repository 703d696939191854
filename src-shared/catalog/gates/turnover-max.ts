import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const turnoverMax = defineGate({
  id: 'turnover_max',
  title: 'Turnover',
  doc: 'Two-way traded exposure a year, at most.',
  reason: 'turnover_exceeded',
  direction: 'at_most',
  limit: Type.Number({ minimum: 0, maximum: 100000 }),
  unit: 'per_year',
  observe: ({ metrics }) => ({ observed: metrics.turnover }),
  observeFold: (fold) => fold.turnover ?? null,
})
