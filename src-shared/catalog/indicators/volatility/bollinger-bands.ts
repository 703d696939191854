import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { rollingStd } from '#shared/kernels/rolling-std.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, factorParam, nameSuffix } from '../params.ts'

export const bollingerBands = defineIndicator({
  id: 'bollinger_bands',
  title: 'Bollinger bands',
  doc: 'Average price and a band of so many standard deviations (of the population) on either side.',
  category: 'volatility',
  subcategory: 'band',
  source: 'Bollinger, Bollinger on Bollinger Bands (2001)',
  params: Type.Object({ column: columnParam(), window: barsParam(20, 2), num_std: factorParam(2) }),
  aliases: ['bollinger'],
  inputs: ({ column }) => [column],
  outputs: (params) => {
    const stem = `bb_${params.window}_${params.num_std}${nameSuffix(params)}`
    return [`${stem}_mid`, `${stem}_upper`, `${stem}_lower`]
  },
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window, num_std }, [mid, upper, lower]) => {
    rollingMean(input[column], window, mid!)
    rollingStd(input[column], window, 0, upper!)
    for (let i = 0; i < input.rows; i++) {
      const reach = num_std * upper![i]!
      upper![i] = mid![i]! + reach
      lower![i] = mid![i]! - reach
    }
  },
})
