import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const dailyLossMax = defineGate({
  id: 'daily_loss_max',
  title: 'Worst day',
  doc: 'Largest loss of one session, at most.',
  reason: 'daily_loss_exceeded',
  direction: 'at_most',
  limit: Type.Number({ minimum: 0, maximum: 1 }),
  unit: 'fraction',
  observe: ({ metrics }) => ({ observed: metrics.worst_day }),
  observeFold: (fold) => fold.worst_day ?? null,
})
