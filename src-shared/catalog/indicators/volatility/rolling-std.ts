import { Type } from 'typebox'
import { relativeChange } from '#shared/kernels/returns.ts'
import { rollingStd as slideStd } from '#shared/kernels/rolling-std.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const rollingStd = defineIndicator({
  id: 'rolling_std',
  title: 'Standard deviation of returns',
  doc: 'How much one-bar returns scatter around their mean, as a fraction per bar.',
  category: 'volatility',
  subcategory: 'returns',
  source: 'Sample standard deviation of one-bar returns',
  params: Type.Object({ column: columnParam(), window: barsParam(20, 2) }),
  aliases: ['stddev', 'roll_std'],
  inputs: ({ column }) => [column],
  outputs: (params) => [`roll_std_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window,
  compute: (input, { column, window }, [out]) => {
    const change = new Float64Array(input.rows)
    relativeChange(input[column], 1, change)
    slideStd(change, window, 1, out!)
  },
})
