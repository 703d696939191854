import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, nameSuffix, seedParam } from '../params.ts'

export const elderRay = defineIndicator({
  id: 'elder_ray',
  title: 'Elder ray',
  doc: 'How far the high (bulls) and the low (bears) reach beyond the exponential average of closes.',
  category: 'trend',
  subcategory: 'strength',
  source: 'Elder, Trading for a Living (1993)',
  params: Type.Object({ period: barsParam(13), seed: seedParam() }),
  recursive: true,
  inputs: () => ['high', 'low', 'close'],
  outputs: (params) => {
    const tail = `${params.period}${nameSuffix(params)}`
    return [`bull_power_${tail}`, `bear_power_${tail}`]
  },
  warmup: ({ period }) => period - 1,
  compute: ({ high, low, close, rows }, { period, seed }, [bull, bear]) => {
    ema(close, period, seed, bear!)
    for (let i = 0; i < rows; i++) {
      const average = bear![i]!
      bull![i] = high[i]! - average
      bear![i] = low[i]! - average
    }
  },
})
