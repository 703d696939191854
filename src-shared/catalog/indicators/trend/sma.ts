import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const sma = defineIndicator({
  id: 'sma',
  title: 'Simple moving average',
  doc: 'Plain average of the last bars; price above it means the market is above its recent mean.',
  category: 'trend',
  subcategory: 'moving_average',
  source: 'Murphy, Technical Analysis of the Financial Markets (1999), ch. 9',
  params: Type.Object({ column: columnParam(), window: barsParam(20) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`sma_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window }, [out]) => rollingMean(input[column], window, out!),
})
