import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const advMax = defineGate({
  id: 'adv_max',
  title: 'Share of daily volume',
  doc: 'Order notional at 100,000 of capital over the 20-day median dollar volume, at most.',
  reason: 'adv_above_limit',
  direction: 'at_most',
  limit: Type.Number({ minimum: 0, maximum: 1 }),
  unit: 'fraction',
  observe: ({ capacity }) => ({ observed: capacity.adv }),
})
