import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const leakageFlags = defineGate({
  id: 'leakage_flags',
  title: 'Leakage',
  doc: 'Columns that the leakage scan marks red, none. No budget can allow one.',
  reason: 'leakage_flagged',
  direction: 'at_most',
  limit: Type.Literal(0),
  unit: 'count',
  fallback: 0,
  observe: ({ leakageFlags: columns }) => ({ observed: columns.length }),
})
