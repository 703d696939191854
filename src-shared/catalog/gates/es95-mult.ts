import { Type } from 'typebox'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import { defineGate } from './define.ts'

const minTrades = 40

export const es95Mult = defineGate({
  id: 'es95_mult',
  title: 'Tail loss',
  doc: 'Expected shortfall per trade (95 %) over the mean losing trade, at most; 2.6 for normal, 3.2 for t(4) returns.',
  reason: 'es95_exceeded',
  direction: 'at_most',
  limit: Type.Number({ minimum: 0, maximum: 100 }),
  unit: 'ratio',
  observe: ({ metrics }) => {
    const { trades, profit_factor, expectancy } = metrics
    if (trades !== null && trades < minTrades) {
      return { observed: null, notApplicable: `under ${minTrades} trades: ${trades}` }
    }
    const hasNoLoser = metrics.mean_loss === null && profit_factor === null && expectancy !== null
    if (hasNoLoser) return { observed: null, notApplicable: 'no losing trade' }
    return { observed: tailMultiple(metrics) }
  },
  observeFold: tailMultiple,
})

function tailMultiple({ es95, mean_loss }: Partial<RunMetrics>): number | null {
  if (typeof es95 !== 'number' || typeof mean_loss !== 'number' || mean_loss <= 0) return null
  return es95 / mean_loss
}
