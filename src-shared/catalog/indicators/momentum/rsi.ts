import { Type } from 'typebox'
import { rsi as relativeStrength } from '#shared/kernels/rsi.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const rsi = defineIndicator({
  id: 'rsi',
  title: 'Relative strength index',
  doc: 'Share of recent movement that was upward, 0 to 100; 50 where nothing moved.',
  category: 'momentum',
  subcategory: 'oscillator',
  source: 'Wilder, New Concepts in Technical Trading Systems (1978)',
  params: Type.Object({ column: columnParam(), period: barsParam(14), seed: seedParam() }),
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => [`rsi_${params.period}${nameSuffix(params)}`],
  warmup: ({ period }) => period,
  compute: (input, { column, period, seed }, [out]) => relativeStrength(input[column], period, seed, out!),
})
