import { Type } from 'typebox'
import { averageTrueRange } from '#shared/kernels/true-range.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, nameSuffix, seedParam } from '../params.ts'

export const natr = defineIndicator({
  id: 'natr',
  title: 'Normalized average true range',
  doc: 'Average true range in percent of the close, so that it compares across prices.',
  category: 'volatility',
  subcategory: 'range',
  source: 'Forman, Cross-Market Evaluations with NATR, TASC 24:5 (2006)',
  params: Type.Object({ period: barsParam(14), seed: seedParam() }),
  recursive: true,
  inputs: () => ['high', 'low', 'close'],
  outputs: (params) => [`natr_${params.period}${nameSuffix(params)}`],
  warmup: ({ period }) => period,
  compute: ({ high, low, close, rows }, { period, seed }, [out]) => {
    averageTrueRange(high, low, close, period, seed, out!)
    for (let i = 0; i < rows; i++) out![i] = (100 * out![i]!) / close[i]!
  },
})
