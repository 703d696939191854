import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'

export const pvi = defineIndicator({
  id: 'pvi',
  title: 'Positive volume index',
  doc: 'Price index that moves on bars of rising volume only; starts at 1000 with the data.',
  category: 'volume',
  subcategory: 'cumulative',
  source: 'Fosback, Stock Market Logic (1976)',
  params: Type.Object({}),
  recursive: true,
  inputs: () => ['close', 'volume'],
  outputs: () => ['pvi'],
  warmup: () => 0,
  compute: ({ close, volume, rows }, _params, [out]) => {
    let index = 1000
    out!.fill(index, 0, 1)
    for (let i = 1; i < rows; i++) {
      if (volume[i]! > volume[i - 1]!) index *= close[i]! / close[i - 1]!
      out![i] = index
    }
  },
})
