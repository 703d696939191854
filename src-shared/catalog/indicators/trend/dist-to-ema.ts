import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const distToEma = defineIndicator({
  id: 'dist_to_ema',
  title: 'Distance to the exponential average',
  doc: 'Price less its exponential average, as a fraction of the price (or of the average).',
  category: 'trend',
  subcategory: 'distance',
  source: '(price − EMA) / |price|, or over |EMA|',
  params: Type.Object({
    column: columnParam(),
    window: barsParam(10),
    normalize: Type.Enum(['price', 'ema'], { default: 'price' }),
    seed: seedParam(),
  }),
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => [
    `dist_ema${params.window}_norm${params.normalize === 'ema' ? '_ema' : ''}${nameSuffix(params)}`,
  ],
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window, normalize, seed }, [out]) => {
    const x = input[column]
    ema(x, window, seed, out!)
    for (let i = 0; i < input.rows; i++) {
      const average = out![i]!
      out![i] = (x[i]! - average) / Math.abs(normalize === 'ema' ? average : x[i]!)
    }
  },
})
