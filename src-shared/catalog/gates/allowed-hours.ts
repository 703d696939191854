import { Type } from 'typebox'
import { defineGate } from './define.ts'

/** Hours of the bars of a regular session: a configuration without an hours filter trades in all of them. */
const regularHours = [9, 10, 11, 12, 13, 14, 15]

export const allowedHours = defineGate({
  id: 'allowed_hours',
  title: 'Trading hours',
  doc: 'Hours (New York, of the deciding bar) in which the configuration may decide.',
  reason: 'hours_not_allowed',
  direction: 'within',
  limit: Type.Array(Type.Integer({ minimum: 0, maximum: 23 }), { minItems: 1, maxItems: 24 }),
  unit: 'hours',
  observe: ({ hasHours, allowedHours: hours }) =>
    hasHours
      ? { observed: hours ?? regularHours }
      : { observed: null, notApplicable: 'the model does not decide by the hour' },
})
