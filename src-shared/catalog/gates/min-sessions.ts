import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const minSessions = defineGate({
  id: 'min_sessions',
  title: 'Out-of-sample sessions',
  doc: 'Sessions out of sample, at least; fewer say nothing.',
  reason: 'sample_too_short',
  direction: 'at_least',
  limit: Type.Integer({ minimum: 1, maximum: 100_000 }),
  unit: 'count',
  fallback: 60,
  observe: ({ metrics }) => ({ observed: metrics.sessions ?? 0 }),
})
