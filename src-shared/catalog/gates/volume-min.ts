import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const volumeMin = defineGate({
  id: 'volume_min',
  title: 'Option volume',
  doc: 'Volume of the contracts traded, at least.',
  reason: 'volume_below_min',
  direction: 'at_least',
  limit: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
  unit: 'count',
  optionsOnly: true,
  observe: ({ capacity }) => ({ observed: capacity.volume }),
})
