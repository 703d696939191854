import { Type } from 'typebox'
import { relativeChange } from '#shared/kernels/returns.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const roc = defineIndicator({
  id: 'roc',
  title: 'Rate of change',
  doc: 'Change over the last bars in percent of the earlier price.',
  category: 'momentum',
  subcategory: 'returns',
  source: 'Murphy, Technical Analysis of the Financial Markets (1999), ch. 10',
  params: Type.Object({ column: columnParam(), window: barsParam(10) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`roc_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window,
  compute: (input, { column, window }, [out]) => {
    relativeChange(input[column], window, out!)
    for (let i = 0; i < input.rows; i++) out![i] = 100 * out![i]!
  },
})
