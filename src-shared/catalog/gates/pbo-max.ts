import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const pboMax = defineGate({
  id: 'pbo_max',
  title: 'Probability of overfitting',
  doc: 'Probability that the best configuration of the sweep is below the median out of sample, at most.',
  reason: 'pbo_above_max',
  direction: 'at_most',
  limit: Type.Number({ minimum: 0, maximum: 1 }),
  unit: 'fraction',
  observe: ({ pbo }) => ({ observed: pbo }),
})
