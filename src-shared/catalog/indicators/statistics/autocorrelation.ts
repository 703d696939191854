import { Type } from 'typebox'
import { relativeChange } from '#shared/kernels/returns.ts'
import { rollingCorrelation } from '#shared/kernels/rolling-correlation.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const autocorrelation = defineIndicator({
  id: 'autocorrelation',
  title: 'Autocorrelation of returns',
  doc: 'Correlation of returns with those `lag` bars before: above 0 moves carry on, below 0 they revert.',
  category: 'statistics',
  subcategory: 'dependence',
  source: 'Pearson correlation of r(t) and r(t − lag); Lo & MacKinlay (1988)',
  params: Type.Object({ column: columnParam(), lag: barsParam(1), window: barsParam(20, 3) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`autocorr_${params.lag}_${params.window}${nameSuffix(params)}`],
  warmup: ({ lag, window }) => lag + window,
  compute: (input, { column, lag, window }, [out]) => {
    const change = new Float64Array(input.rows)
    const earlier = new Float64Array(input.rows).fill(Number.NaN)
    relativeChange(input[column], 1, change)
    if (lag < input.rows) earlier.set(change.subarray(0, input.rows - lag), lag)
    rollingCorrelation(change, earlier, window, out!)
  },
})
