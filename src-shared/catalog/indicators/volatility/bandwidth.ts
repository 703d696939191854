import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { rollingStd } from '#shared/kernels/rolling-std.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, factorParam, nameSuffix } from '../params.ts'

export const bandwidth = defineIndicator({
  id: 'bandwidth',
  title: 'Bollinger bandwidth',
  doc: 'Width of the Bollinger band as a fraction of its middle; small values are a squeeze.',
  category: 'volatility',
  subcategory: 'band',
  source: 'Bollinger, Bollinger on Bollinger Bands (2001)',
  params: Type.Object({ column: columnParam(), window: barsParam(20, 2), num_std: factorParam(2) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`bb_${params.window}_${params.num_std}${nameSuffix(params)}_bandwidth`],
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window, num_std }, [out]) => {
    const mean = new Float64Array(input.rows)
    rollingMean(input[column], window, mean)
    rollingStd(input[column], window, 0, out!)
    for (let i = 0; i < input.rows; i++) out![i] = (2 * num_std * out![i]!) / mean[i]!
  },
})
