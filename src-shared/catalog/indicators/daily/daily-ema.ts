import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { gatherKnown } from '#shared/kernels/gather-known.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, nameSuffix, seedParam, underlyingParam } from '../params.ts'

export const dailyEma = defineIndicator({
  id: 'daily_ema',
  title: 'Daily exponential average',
  doc: 'Exponential average of daily closes up to the previous session.',
  category: 'daily',
  subcategory: 'moving_average',
  source: 'Murphy, Technical Analysis of the Financial Markets (1999), ch. 9; seeding as TA-Lib',
  params: Type.Object({ underlying: underlyingParam(), window: barsParam(20), seed: seedParam() }),
  recursive: true,
  inputs: () => ['daily'],
  lag: () => 1,
  outputs: (params) => [`ema_${params.window}_d${nameSuffix(params)}`],
  warmup: ({ window }) => window,
  warmupUnit: 'sessions',
  compute: ({ daily }, { window, seed }, [out]) => {
    const average = new Float64Array(daily.length)
    ema(daily.close, window, seed, average)
    gatherKnown(average, daily.asOf, 0, out!)
  },
})
