import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { difference } from '#shared/kernels/returns.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const zlema = defineIndicator({
  id: 'zlema',
  title: 'Zero-lag exponential moving average',
  doc: 'Exponential average of price pushed ahead by its own recent change, to cancel the lag.',
  category: 'trend',
  subcategory: 'moving_average',
  source: 'Ehlers & Way, Zero Lag (Well, Almost), TASC 28:11 (2010), error-free form',
  params: Type.Object({ column: columnParam(), window: barsParam(20), seed: seedParam() }),
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => [`zlema_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => Math.floor((window - 1) / 2) + window - 1,
  compute: (input, { column, window, seed }, [out]) => {
    const x = input[column]
    const ahead = new Float64Array(input.rows)
    difference(x, Math.floor((window - 1) / 2), ahead)
    for (let i = 0; i < input.rows; i++) ahead[i] = x[i]! + ahead[i]!
    ema(ahead, window, seed, out!)
  },
})
