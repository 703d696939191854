import { Type } from 'typebox'
import { rangePosition } from '#shared/kernels/stochastic.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const williamsR = defineIndicator({
  id: 'williams_r',
  title: 'Williams %R',
  doc: 'Where the close lies below the recent high: 0 at the high, −100 at the low, −50 where there is no range.',
  category: 'momentum',
  subcategory: 'stochastic',
  source: 'Williams, How I Made One Million Dollars Last Year Trading Commodities (1979)',
  params: Type.Object({ period: barsParam(14) }),
  inputs: () => ['high', 'low', 'close'],
  outputs: ({ period }) => [`williams_r_${period}`],
  warmup: ({ period }) => period - 1,
  compute: ({ high, low, close, rows }, { period }, [out]) => {
    rangePosition(close, high, low, period, out!)
    for (let i = 0; i < rows; i++) out![i] = 100 * out![i]! - 100
  },
})
