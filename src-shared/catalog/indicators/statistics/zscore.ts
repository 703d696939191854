import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { rollingStd } from '#shared/kernels/rolling-std.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const zscore = defineIndicator({
  id: 'zscore',
  title: 'z-score',
  doc: 'Distance from the recent mean in standard deviations; 0 where the window is flat.',
  category: 'statistics',
  subcategory: 'distribution',
  source: '(x − mean) / sample standard deviation of the window',
  params: Type.Object({ column: columnParam(), window: barsParam(20, 2) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`zscore_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window }, [out]) => {
    const x = input[column]
    const mean = new Float64Array(input.rows)
    rollingMean(x, window, mean)
    rollingStd(x, window, 1, out!)
    for (let i = 0; i < input.rows; i++) out![i] = out![i] === 0 ? 0 : (x[i]! - mean[i]!) / out![i]!
  },
})
