import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const oiMin = defineGate({
  id: 'oi_min',
  title: 'Open interest',
  doc: 'Open interest of the contracts traded, at least.',
  reason: 'oi_below_min',
  direction: 'at_least',
  limit: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
  unit: 'count',
  optionsOnly: true,
  observe: ({ capacity }) => ({ observed: capacity.open_interest }),
})
