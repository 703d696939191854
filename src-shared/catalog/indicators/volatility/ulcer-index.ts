import { Type } from 'typebox'
import { rollingMax } from '#shared/kernels/rolling-extremes.ts'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const ulcerIndex = defineIndicator({
  id: 'ulcer_index',
  title: 'Ulcer index',
  doc: 'Root mean square of the drop below the recent highest close, in percent: how deep and how long it hurt.',
  category: 'volatility',
  subcategory: 'drawdown',
  source: 'Martin & McCann, The Investor’s Guide to Fidelity Funds (1989)',
  params: Type.Object({ column: columnParam(), window: barsParam(14) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`ulcer_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => 2 * (window - 1),
  compute: (input, { column, window }, [out]) => {
    const x = input[column]
    const drop = new Float64Array(input.rows)
    rollingMax(x, window, drop)
    for (let i = 0; i < input.rows; i++) drop[i] = (100 * (x[i]! / drop[i]! - 1)) ** 2
    rollingMean(drop, window, out!)
    for (let i = 0; i < input.rows; i++) out![i] = Math.sqrt(Math.max(0, out![i]!))
  },
})
