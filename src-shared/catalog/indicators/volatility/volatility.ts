import { Type } from 'typebox'
import { relativeChange } from '#shared/kernels/returns.ts'
import { rollingStd } from '#shared/kernels/rolling-std.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam } from '../params.ts'

export const volatility = defineIndicator({
  id: 'volatility',
  title: 'Realized volatility',
  doc: 'Scatter of one-bar returns over a short window, as a fraction per bar.',
  category: 'volatility',
  subcategory: 'returns',
  source: 'Sample standard deviation of one-bar returns',
  params: Type.Object({ column: columnParam(), window: barsParam(3, 2) }),
  inputs: ({ column }) => [column],
  outputs: ({ column, window }) => [`${column}_vol_${window}`],
  warmup: ({ window }) => window,
  compute: (input, { column, window }, [out]) => {
    const change = new Float64Array(input.rows)
    relativeChange(input[column], 1, change)
    rollingStd(change, window, 1, out!)
  },
})
