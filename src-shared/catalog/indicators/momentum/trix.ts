import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { relativeChange } from '#shared/kernels/returns.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const trix = defineIndicator({
  id: 'trix',
  title: 'TRIX',
  doc: 'One-bar change, in percent, of a three times smoothed price: slow momentum with little noise.',
  category: 'momentum',
  subcategory: 'returns',
  source: 'Hutson, Good TRIX, TASC 1:5 (1983)',
  params: Type.Object({ column: columnParam(), period: barsParam(15), seed: seedParam() }),
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => [`trix_${params.period}${nameSuffix(params)}`],
  warmup: ({ period }) => 3 * (period - 1) + 1,
  compute: (input, { column, period, seed }, [out]) => {
    const scratch = new Float64Array(input.rows)
    ema(input[column], period, seed, scratch)
    ema(scratch, period, seed, out!)
    ema(out!, period, seed, scratch)
    relativeChange(scratch, 1, out!)
    for (let i = 0; i < input.rows; i++) out![i] = 100 * out![i]!
  },
})
