import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const fillRateMin = defineGate({
  id: 'fill_rate_min',
  title: 'Fill rate',
  doc: 'Share of signals whose contract traded within 5 minutes, at least.',
  reason: 'fill_rate_below_min',
  direction: 'at_least',
  limit: Type.Number({ minimum: 0, maximum: 1 }),
  unit: 'fraction',
  optionsOnly: true,
  observe: ({ capacity }) => ({ observed: capacity.fill_rate }),
})
