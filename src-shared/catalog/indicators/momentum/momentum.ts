import { Type } from 'typebox'
import { relativeChange } from '#shared/kernels/returns.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam } from '../params.ts'

export const momentum = defineIndicator({
  id: 'momentum',
  title: 'Momentum',
  doc: 'Change over the last bars as a fraction of the earlier price; what scanners rank by.',
  category: 'momentum',
  subcategory: 'returns',
  source: 'Jegadeesh & Titman, Returns to Buying Winners and Selling Losers (1993)',
  params: Type.Object({ column: columnParam(), window: barsParam(1) }),
  inputs: ({ column }) => [column],
  outputs: ({ column, window }) => [`${column}_mom_${window}`],
  warmup: ({ window }) => window,
  compute: (input, { column, window }, [out]) => relativeChange(input[column], window, out!),
})
