import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { rangePosition } from '#shared/kernels/stochastic.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const stochastic = defineIndicator({
  id: 'stochastic',
  title: 'Fast stochastic',
  doc: 'Where the close lies in the recent range (%K, 0 to 100) and its average (%D); 50 where there is no range.',
  category: 'momentum',
  subcategory: 'stochastic',
  source: 'Lane, Lane’s Stochastics, TASC 2:3 (1984)',
  params: Type.Object({ period_k: barsParam(14), period_d: barsParam(3) }),
  inputs: () => ['high', 'low', 'close'],
  outputs: ({ period_k, period_d }) => [`stoch_${period_k}_${period_d}_k`, `stoch_${period_k}_${period_d}_d`],
  warmup: ({ period_k, period_d }) => [period_k - 1, period_k + period_d - 2],
  compute: ({ high, low, close, rows }, { period_k, period_d }, [k, d]) => {
    rangePosition(close, high, low, period_k, k!)
    for (let i = 0; i < rows; i++) k![i] = 100 * k![i]!
    rollingMean(k!, period_d, d!)
  },
})
