import { Type } from 'typebox'
import { weightedMean } from '#shared/kernels/weighted-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const hma = defineIndicator({
  id: 'hma',
  title: 'Hull moving average',
  doc: 'Weighted average built to follow price closely and still be smooth.',
  category: 'trend',
  subcategory: 'moving_average',
  source: 'Hull, How to reduce lag in a moving average (alanhull.com, 2005)',
  params: Type.Object({ column: columnParam(), window: barsParam(16, 2) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`hma_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window - 1 + Math.floor(Math.sqrt(window)) - 1,
  compute: (input, { column, window }, [out]) => {
    const half = new Float64Array(input.rows)
    const full = new Float64Array(input.rows)
    weightedMean(input[column], Math.floor(window / 2), half)
    weightedMean(input[column], window, full)
    for (let i = 0; i < input.rows; i++) half[i] = 2 * half[i]! - full[i]!
    weightedMean(half, Math.floor(Math.sqrt(window)), out!)
  },
})
