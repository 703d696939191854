import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const tema = defineIndicator({
  id: 'tema',
  title: 'Triple exponential moving average',
  doc: 'Exponential average with most of its lag taken off: 3·EMA − 3·EMA² + EMA³ (nested averages).',
  category: 'trend',
  subcategory: 'moving_average',
  source: 'Mulloy, Smoothing Data with Faster Moving Averages, TASC 12:1 (1994)',
  params: Type.Object({ column: columnParam(), window: barsParam(20), seed: seedParam() }),
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => [`tema_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => 3 * (window - 1),
  compute: (input, { column, window, seed }, [out]) => {
    const once = new Float64Array(input.rows)
    const twice = new Float64Array(input.rows)
    ema(input[column], window, seed, once)
    ema(once, window, seed, twice)
    ema(twice, window, seed, out!)
    for (let i = 0; i < input.rows; i++) out![i] = 3 * once[i]! - 3 * twice[i]! + out![i]!
  },
})
