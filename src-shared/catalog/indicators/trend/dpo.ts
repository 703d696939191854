import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const dpo = defineIndicator({
  id: 'dpo',
  title: 'Detrended price oscillator',
  doc: 'Price less its average of half a period ago: cycles without the trend. Uses past bars only.',
  category: 'trend',
  subcategory: 'detrended',
  source: 'Achelis, Technical Analysis from A to Z (2000), causal form',
  params: Type.Object({ column: columnParam(), period: barsParam(20) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`dpo_${params.period}${nameSuffix(params)}`],
  warmup: ({ period }) => period + Math.floor(period / 2),
  compute: (input, { column, period }, [out]) => {
    const x = input[column]
    const average = new Float64Array(input.rows)
    const back = Math.floor(period / 2) + 1
    rollingMean(x, period, average)
    out!.fill(Number.NaN, 0, back)
    for (let i = back; i < input.rows; i++) out![i] = x[i]! - average[i - back]!
  },
})
