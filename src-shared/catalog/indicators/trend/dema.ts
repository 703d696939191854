import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const dema = defineIndicator({
  id: 'dema',
  title: 'Double exponential moving average',
  doc: 'Exponential average with part of its own lag taken off: 2·EMA − EMA of EMA.',
  category: 'trend',
  subcategory: 'moving_average',
  source: 'Mulloy, Smoothing Data with Faster Moving Averages, TASC 12:1 (1994)',
  params: Type.Object({ column: columnParam(), window: barsParam(20), seed: seedParam() }),
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => [`dema_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => 2 * (window - 1),
  compute: (input, { column, window, seed }, [out]) => {
    const once = new Float64Array(input.rows)
    ema(input[column], window, seed, once)
    ema(once, window, seed, out!)
    for (let i = 0; i < input.rows; i++) out![i] = 2 * once[i]! - out![i]!
  },
})
