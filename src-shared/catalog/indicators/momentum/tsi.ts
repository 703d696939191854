import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { difference } from '#shared/kernels/returns.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const tsi = defineIndicator({
  id: 'tsi',
  title: 'True strength index',
  doc: 'Twice smoothed change over twice smoothed absolute change, −100 to 100.',
  category: 'momentum',
  subcategory: 'oscillator',
  source: 'Blau, Momentum, Direction and Divergence (1995)',
  params: Type.Object({ column: columnParam(), r: barsParam(25), s: barsParam(13), seed: seedParam() }),
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => [`tsi_${params.r}_${params.s}${nameSuffix(params)}`],
  warmup: ({ r, s }) => r + s - 1,
  compute: (input, { column, r, s, seed }, [out]) => {
    const step = new Float64Array(input.rows)
    const once = new Float64Array(input.rows)
    const size = new Float64Array(input.rows)
    difference(input[column], 1, step)
    ema(step, r, seed, once)
    ema(once, s, seed, out!)
    for (let i = 0; i < input.rows; i++) step[i] = Math.abs(step[i]!)
    ema(step, r, seed, once)
    ema(once, s, seed, size)
    for (let i = 0; i < input.rows; i++) out![i] = size[i] === 0 ? 0 : (100 * out![i]!) / size[i]!
  },
})
