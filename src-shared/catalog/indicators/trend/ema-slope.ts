import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { difference } from '#shared/kernels/returns.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const emaSlope = defineIndicator({
  id: 'ema_slope',
  title: 'Slope of the exponential average',
  doc: 'How far the exponential average has moved over the last bars, in price units.',
  category: 'trend',
  subcategory: 'slope',
  source: 'Difference of the exponential moving average over `period` bars',
  params: Type.Object({
    column: columnParam(),
    window: barsParam(10),
    period: barsParam(1),
    seed: seedParam(),
  }),
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => [`ema${params.window}_slope${params.period}${nameSuffix(params)}`],
  warmup: ({ window, period }) => window - 1 + period,
  compute: (input, { column, window, period, seed }, [out]) => {
    const average = new Float64Array(input.rows)
    ema(input[column], window, seed, average)
    difference(average, period, out!)
  },
})
