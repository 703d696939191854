import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'

export const pvt = defineIndicator({
  id: 'pvt',
  title: 'Price volume trend',
  doc: 'Running total of volume times the fraction price moved; starts at 0 with the data.',
  category: 'volume',
  subcategory: 'cumulative',
  source: 'Achelis, Technical Analysis from A to Z (2000)',
  params: Type.Object({}),
  recursive: true,
  inputs: () => ['close', 'volume'],
  outputs: () => ['pvt'],
  warmup: () => 0,
  compute: ({ close, volume, rows }, _params, [out]) => {
    let total = 0
    out!.fill(0, 0, 1)
    for (let i = 1; i < rows; i++) {
      const flow = volume[i]! * (close[i]! / close[i - 1]! - 1)
      if (!Number.isNaN(flow)) total += flow
      out![i] = total
    }
  },
})
