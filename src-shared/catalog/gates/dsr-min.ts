import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const dsrMin = defineGate({
  id: 'dsr_min',
  title: 'Deflated Sharpe ratio',
  doc: 'Probability that the Sharpe ratio beats the best of as many useless trials, at least.',
  reason: 'dsr_below_min',
  direction: 'at_least',
  limit: Type.Number({ minimum: 0, maximum: 1 }),
  unit: 'fraction',
  observe: ({ metrics }) => ({ observed: metrics.dsr }),
})
