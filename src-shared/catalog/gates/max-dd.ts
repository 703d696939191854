import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const maxDd = defineGate({
  id: 'max_dd',
  title: 'Maximum drawdown',
  doc: 'Largest fall of equity from its peak, at most.',
  reason: 'max_dd_exceeded',
  direction: 'at_most',
  limit: Type.Number({ minimum: 0, maximum: 1 }),
  unit: 'fraction',
  observe: ({ metrics }) => ({ observed: metrics.max_dd }),
  observeFold: (fold) => fold.max_dd ?? null,
})
