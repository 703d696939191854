import { Type } from 'typebox'
import { relativeChange } from '#shared/kernels/returns.ts'
import { rollingMax, rollingMin } from '#shared/kernels/rolling-extremes.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const entropy = defineIndicator({
  id: 'entropy',
  title: 'Entropy of returns',
  doc: 'How evenly returns spread over their recent range: 1 fully, 0 all alike.',
  category: 'statistics',
  subcategory: 'distribution',
  source:
    'Shannon (1948), equal-width bins between the window’s extremes, divided by the log of their number',
  params: Type.Object({
    column: columnParam(),
    window: barsParam(50, 2),
    bins: Type.Integer({ minimum: 2, maximum: 200, default: 10 }),
  }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`entropy_${params.window}_${params.bins}${nameSuffix(params)}`],
  warmup: ({ window }) => window,
  compute: (input, { column, window, bins }, [out]) => {
    const change = new Float64Array(input.rows)
    const top = new Float64Array(input.rows)
    const bottom = new Float64Array(input.rows)
    const counts = new Int32Array(bins)
    relativeChange(input[column], 1, change)
    rollingMax(change, window, top)
    rollingMin(change, window, bottom)
    for (let i = 0; i < input.rows; i++) {
      const range = top[i]! - bottom[i]!
      out![i] = Number.isNaN(range) ? Number.NaN : 0
      if (!(range > 0)) continue
      counts.fill(0)
      for (let k = i - window + 1; k <= i; k++) {
        const bin = Math.min(bins - 1, Math.floor((bins * (change[k]! - bottom[i]!)) / range))
        counts[bin] = counts[bin]! + 1
      }
      let sum = 0
      for (let bin = 0; bin < bins; bin++) {
        const share = counts[bin]! / window
        if (share > 0) sum -= share * Math.log(share)
      }
      out![i] = sum / Math.log(bins)
    }
  },
})
