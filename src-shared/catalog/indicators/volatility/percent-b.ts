import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { rollingStd } from '#shared/kernels/rolling-std.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, factorParam, nameSuffix } from '../params.ts'

export const percentB = defineIndicator({
  id: 'percent_b',
  title: 'Bollinger %b',
  doc: 'Where price lies in its Bollinger band: 0 at the lower, 1 at the upper, 0.5 where the band has no width.',
  category: 'volatility',
  subcategory: 'band',
  source: 'Bollinger, Bollinger on Bollinger Bands (2001)',
  params: Type.Object({ column: columnParam(), window: barsParam(20, 2), num_std: factorParam(2) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`bb_${params.window}_${params.num_std}${nameSuffix(params)}_percent_b`],
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window, num_std }, [out]) => {
    const x = input[column]
    const mean = new Float64Array(input.rows)
    rollingMean(x, window, mean)
    rollingStd(x, window, 0, out!)
    for (let i = 0; i < input.rows; i++) {
      const reach = num_std * out![i]!
      out![i] = reach === 0 ? 0.5 : (x[i]! - mean[i]! + reach) / (2 * reach)
    }
  },
})
