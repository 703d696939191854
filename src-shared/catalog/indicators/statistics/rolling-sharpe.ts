import { Type } from 'typebox'
import { relativeChange } from '#shared/kernels/returns.ts'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { rollingStd } from '#shared/kernels/rolling-std.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const rollingSharpe = defineIndicator({
  id: 'rolling_sharpe',
  title: 'Rolling Sharpe ratio',
  doc: 'Mean over scatter of one-bar returns, per bar and not annualised. Empty where returns do not vary.',
  category: 'statistics',
  subcategory: 'distribution',
  source: 'Sharpe, The Sharpe Ratio (1994), zero benchmark, sample deviation',
  params: Type.Object({ column: columnParam(), window: barsParam(60, 2) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`sharpe_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window,
  compute: (input, { column, window }, [out]) => {
    const change = new Float64Array(input.rows)
    const mean = new Float64Array(input.rows)
    relativeChange(input[column], 1, change)
    rollingMean(change, window, mean)
    rollingStd(change, window, 1, out!)
    for (let i = 0; i < input.rows; i++) out![i] = out![i] === 0 ? Number.NaN : mean[i]! / out![i]!
  },
})
