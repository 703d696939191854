import { Type } from 'typebox'
import { defineGate } from './define.ts'

export const calmarMin = defineGate({
  id: 'calmar_min',
  title: 'Calmar ratio',
  doc: 'Annual growth over maximum drawdown, at least.',
  reason: 'calmar_below_min',
  direction: 'at_least',
  limit: Type.Number({ minimum: 0, maximum: 100 }),
  unit: 'ratio',
  // Equity that never fell has no Calmar ratio; having traded and gained nothing away, it breaks no limit.
  observe: ({ metrics }) =>
    metrics.calmar === null && metrics.max_dd === 0 && (metrics.trades ?? 0) > 0
      ? { observed: null, notApplicable: 'equity never fell' }
      : { observed: metrics.calmar },
  observeFold: (fold) => fold.calmar ?? null,
})
