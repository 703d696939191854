import { Type } from 'typebox'
import { relativeChange } from '#shared/kernels/returns.ts'
import { rollingSkew as slideSkew } from '#shared/kernels/rolling-moments.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const rollingSkew = defineIndicator({
  id: 'rolling_skew',
  title: 'Skewness of returns',
  doc: 'Whether large moves were mostly up (above 0) or down (below 0). Empty where returns do not vary.',
  category: 'statistics',
  subcategory: 'distribution',
  source: 'Joanes & Gill, Comparing Measures of Sample Skewness and Kurtosis (1998), G1',
  params: Type.Object({ column: columnParam(), window: barsParam(60, 3) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`skew_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window,
  compute: (input, { column, window }, [out]) => {
    const change = new Float64Array(input.rows)
    relativeChange(input[column], 1, change)
    slideSkew(change, window, out!)
  },
})
