import { Type } from 'typebox'
import { difference } from '#shared/kernels/returns.ts'
import { rollingSum } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const vidya = defineIndicator({
  id: 'vidya',
  title: 'Variable index dynamic average',
  doc: 'Exponential average whose speed follows the strength of momentum (the size of the CMO).',
  category: 'trend',
  subcategory: 'adaptive_average',
  source: 'Chande & Kroll, The New Technical Trader (1994)',
  params: Type.Object({ column: columnParam(), window: barsParam(14), cmo_period: barsParam(9) }),
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => [`vidya_${params.window}_${params.cmo_period}${nameSuffix(params)}`],
  warmup: ({ cmo_period }) => cmo_period,
  compute: (input, { column, window, cmo_period }, [out]) => {
    const x = input[column]
    const steps = new Float64Array(input.rows)
    const path = new Float64Array(input.rows)
    difference(x, 1, steps)
    for (let i = 0; i < input.rows; i++) steps[i] = Math.abs(steps[i]!)
    rollingSum(steps, cmo_period, path)
    let average = x[cmo_period - 1] ?? Number.NaN
    out!.fill(Number.NaN, 0, cmo_period)
    for (let i = cmo_period; i < input.rows; i++) {
      // |gains − losses| / (gains + losses) of the window is |change| / path.
      const strength = path[i]! === 0 ? 0 : Math.min(1, Math.abs(x[i]! - x[i - cmo_period]!) / path[i]!)
      average += (2 / (window + 1)) * strength * (x[i]! - average)
      out![i] = average
    }
  },
})
