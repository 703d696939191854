import { Type } from 'typebox'
import { relativeChange } from '#shared/kernels/returns.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const ret = defineIndicator({
  id: 'ret',
  title: 'Return',
  doc: 'Change over the last bars as a fraction: 0.01 is one percent up.',
  category: 'momentum',
  subcategory: 'returns',
  source: 'Simple return, p(t) / p(t − window) − 1',
  params: Type.Object({ column: columnParam(), window: barsParam(1) }),
  aliases: ['returns'],
  inputs: ({ column }) => [column],
  outputs: (params) => [`ret_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window,
  compute: (input, { column, window }, [out]) => relativeChange(input[column], window, out!),
})
