import { Type } from 'typebox'
import { convolve } from '#shared/kernels/weighted-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, factorParam, nameSuffix } from '../params.ts'

export const alma = defineIndicator({
  id: 'alma',
  title: 'Arnaud Legoux moving average',
  doc: 'Average with bell-shaped weights; the offset puts the bell nearer to now (1) or to the past (0).',
  category: 'trend',
  subcategory: 'moving_average',
  source: 'Legoux & Kouzis-Loukas, ALMA (2009)',
  params: Type.Object({
    column: columnParam(),
    window: barsParam(9, 2),
    offset: Type.Number({ minimum: 0, maximum: 1, default: 0.85 }),
    sigma: factorParam(6),
  }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`alma_${params.window}_${params.offset}_${params.sigma}${nameSuffix(params)}`],
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window, offset, sigma }, [out]) => {
    const centre = offset * (window - 1)
    const spread = window / sigma
    const weights = new Float64Array(window)
    let total = 0
    for (let k = 0; k < window; k++) {
      weights[k] = Math.exp(-((k - centre) ** 2) / (2 * spread * spread))
      total += weights[k]!
    }
    for (let k = 0; k < window; k++) weights[k] = weights[k]! / total
    convolve(input[column], weights, out!)
  },
})
