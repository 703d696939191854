import { Type } from 'typebox'
import { accumulation } from '#shared/kernels/accumulation.ts'
import { defineIndicator } from '../define.ts'

export const adl = defineIndicator({
  id: 'adl',
  title: 'Accumulation/distribution line',
  doc: 'Running total of volume weighed by where each bar closed in its range; starts with the data.',
  category: 'volume',
  subcategory: 'cumulative',
  source: 'Chaikin, Accumulation/Distribution Line; Achelis, Technical Analysis from A to Z (2000)',
  params: Type.Object({}),
  recursive: true,
  inputs: () => ['high', 'low', 'close', 'volume'],
  outputs: () => ['adl'],
  warmup: () => 0,
  compute: ({ high, low, close, volume }, _params, [out]) => accumulation(high, low, close, volume, out!),
})
