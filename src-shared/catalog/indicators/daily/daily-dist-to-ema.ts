import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { gatherKnown } from '#shared/kernels/gather-known.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, nameSuffix, seedParam, underlyingParam } from '../params.ts'

export const dailyDistToEma = defineIndicator({
  id: 'daily_dist_to_ema',
  title: 'Daily distance to the average',
  doc: 'Previous session’s close less its exponential average, as a fraction of the close (or of the average).',
  category: 'daily',
  subcategory: 'distance',
  source: '(close − EMA) / |close|, or over |EMA|, of the previous session',
  params: Type.Object({
    underlying: underlyingParam(),
    window: barsParam(20),
    normalize: Type.Enum(['price', 'ema'], { default: 'price' }),
    seed: seedParam(),
  }),
  recursive: true,
  inputs: () => ['daily'],
  lag: () => 1,
  outputs: (params) => [
    `dist_ema${params.window}_d${params.normalize === 'ema' ? '_ema' : ''}${nameSuffix(params)}`,
  ],
  warmup: ({ window }) => window,
  warmupUnit: 'sessions',
  compute: ({ daily }, { window, normalize, seed }, [out]) => {
    const distance = new Float64Array(daily.length)
    ema(daily.close, window, seed, distance)
    for (let i = 0; i < daily.length; i++) {
      const average = distance[i]!
      const close = daily.close[i]!
      distance[i] = (close - average) / Math.abs(normalize === 'ema' ? average : close)
    }
    gatherKnown(distance, daily.asOf, 0, out!)
  },
})
