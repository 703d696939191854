import { Type } from 'typebox'
import { averageTrueRange } from '#shared/kernels/true-range.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, nameSuffix, seedParam } from '../params.ts'

export const atr = defineIndicator({
  id: 'atr',
  title: 'Average true range',
  doc: 'How far price typically travels in one bar, gaps included, in price units.',
  category: 'volatility',
  subcategory: 'range',
  source: 'Wilder, New Concepts in Technical Trading Systems (1978)',
  params: Type.Object({ period: barsParam(14), seed: seedParam() }),
  recursive: true,
  inputs: () => ['high', 'low', 'close'],
  outputs: (params) => [`atr_${params.period}${nameSuffix(params)}`],
  warmup: ({ period }) => period,
  compute: ({ high, low, close }, { period, seed }, [out]) =>
    averageTrueRange(high, low, close, period, seed, out!),
})
