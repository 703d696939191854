import { Type } from 'typebox'
import { weightedMean } from '#shared/kernels/weighted-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const wma = defineIndicator({
  id: 'wma',
  title: 'Weighted moving average',
  doc: 'Moving average whose weights fall in a straight line from the newest bar to the oldest.',
  category: 'trend',
  subcategory: 'moving_average',
  source: 'Murphy, Technical Analysis of the Financial Markets (1999), ch. 9',
  params: Type.Object({ column: columnParam(), window: barsParam(20) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`wma_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window }, [out]) => weightedMean(input[column], window, out!),
})
