import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const spreadMax = defineGate({
  id: 'spread_max',
  title: 'Option spread',
  doc: 'Bid-ask spread over mid of the contracts traded, at most.',
  reason: 'spread_above_limit',
  direction: 'at_most',
  limit: Type.Number({ minimum: 0, maximum: 2 }),
  unit: 'fraction',
  optionsOnly: true,
  observe: ({ capacity }) => ({ observed: capacity.spread }),
})
