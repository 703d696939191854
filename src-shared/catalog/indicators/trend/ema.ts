import { Type } from 'typebox'
import { ema as exponentialMean } from '#shared/kernels/ema.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const ema = defineIndicator({
  id: 'ema',
  title: 'Exponential moving average',
  doc: 'Moving average that weighs recent bars more, so it turns sooner than the simple one.',
  category: 'trend',
  subcategory: 'moving_average',
  source: 'Murphy, Technical Analysis of the Financial Markets (1999), ch. 9; seeding as TA-Lib',
  params: Type.Object({ column: columnParam(), window: barsParam(10), seed: seedParam() }),
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => [`ema_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window, seed }, [out]) => exponentialMean(input[column], window, seed, out!),
})
