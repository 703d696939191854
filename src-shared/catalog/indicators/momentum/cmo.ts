import { Type } from 'typebox'
import { difference } from '#shared/kernels/returns.ts'
import { rollingSum } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const cmo = defineIndicator({
  id: 'cmo',
  title: 'Chande momentum oscillator',
  doc: 'Sum of gains less sum of losses over their total, −100 to 100; 0 where nothing moved.',
  category: 'momentum',
  subcategory: 'oscillator',
  source: 'Chande & Kroll, The New Technical Trader (1994), plain sums',
  params: Type.Object({ column: columnParam(), period: barsParam(14) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`cmo_${params.period}${nameSuffix(params)}`],
  warmup: ({ period }) => period,
  compute: (input, { column, period }, [out]) => {
    const x = input[column]
    const steps = new Float64Array(input.rows)
    const path = new Float64Array(input.rows)
    difference(x, 1, steps)
    for (let i = 0; i < input.rows; i++) steps[i] = Math.abs(steps[i]!)
    rollingSum(steps, period, path)
    out!.fill(Number.NaN, 0, period)
    // Gains − losses of the window telescope to the change over it.
    for (let i = period; i < input.rows; i++) {
      out![i] = path[i] === 0 ? 0 : (100 * (x[i]! - x[i - period]!)) / path[i]!
    }
  },
})
