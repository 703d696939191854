import { Type } from 'typebox'
import { rollingMax, rollingMin } from '#shared/kernels/rolling-extremes.ts'
import { rollingSum } from '#shared/kernels/rolling-mean.ts'
import { trueRange } from '#shared/kernels/true-range.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const choppiness = defineIndicator({
  id: 'choppiness',
  title: 'Choppiness index',
  doc: 'Distance travelled against ground gained, 0 to 100: high is sideways, low is a trend. Empty without a range.',
  category: 'volatility',
  subcategory: 'regime',
  source: 'Dreiss, Choppiness Index (1993)',
  params: Type.Object({ period: barsParam(14, 2) }),
  inputs: () => ['high', 'low', 'close'],
  outputs: ({ period }) => [`choppiness_${period}`],
  warmup: ({ period }) => period,
  compute: ({ high, low, close, rows }, { period }, [out]) => {
    const range = new Float64Array(rows)
    const top = new Float64Array(rows)
    const bottom = new Float64Array(rows)
    trueRange(high, low, close, range)
    rollingSum(range, period, out!)
    rollingMax(high, period, top)
    rollingMin(low, period, bottom)
    for (let i = 0; i < rows; i++) {
      const ground = top[i]! - bottom[i]!
      out![i] = ground === 0 ? Number.NaN : (100 * Math.log10(out![i]! / ground)) / Math.log10(period)
    }
  },
})
