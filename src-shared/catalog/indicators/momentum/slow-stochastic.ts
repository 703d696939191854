import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { rangePosition } from '#shared/kernels/stochastic.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const slowStochastic = defineIndicator({
  id: 'slow_stochastic',
  title: 'Slow stochastic',
  doc: 'Stochastic smoothed once for %K and once more for %D, 0 to 100.',
  category: 'momentum',
  subcategory: 'stochastic',
  source: 'Lane, Lane’s Stochastics, TASC 2:3 (1984)',
  params: Type.Object({ period_k: barsParam(14), smooth_k: barsParam(3), period_d: barsParam(3) }),
  inputs: () => ['high', 'low', 'close'],
  outputs: ({ period_k, smooth_k, period_d }) => {
    const stem = `slow_stoch_${period_k}_${smooth_k}_${period_d}`
    return [`${stem}_k`, `${stem}_d`]
  },
  warmup: ({ period_k, smooth_k, period_d }) => [period_k + smooth_k - 2, period_k + smooth_k + period_d - 3],
  compute: ({ high, low, close, rows }, { period_k, smooth_k, period_d }, [k, d]) => {
    const raw = d!
    rangePosition(close, high, low, period_k, raw)
    for (let i = 0; i < rows; i++) raw[i] = 100 * raw[i]!
    rollingMean(raw, smooth_k, k!)
    rollingMean(k!, period_d, d!)
  },
})
