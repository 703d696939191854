import { Type } from 'typebox'
import { relativeChange } from '#shared/kernels/returns.ts'
import { rollingKurtosis as slideKurtosis } from '#shared/kernels/rolling-moments.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const rollingKurtosis = defineIndicator({
  id: 'rolling_kurtosis',
  title: 'Excess kurtosis of returns',
  doc: 'How often extreme moves came: 0 as in a normal distribution, above it fatter tails.',
  category: 'statistics',
  subcategory: 'distribution',
  source: 'Joanes & Gill, Comparing Measures of Sample Skewness and Kurtosis (1998), G2',
  params: Type.Object({ column: columnParam(), window: barsParam(60, 4) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`kurtosis_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window,
  compute: (input, { column, window }, [out]) => {
    const change = new Float64Array(input.rows)
    relativeChange(input[column], 1, change)
    slideKurtosis(change, window, out!)
  },
})
