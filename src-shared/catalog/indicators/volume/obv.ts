import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { columnParam, nameSuffix } from '../params.ts'

export const obv = defineIndicator({
  id: 'obv',
  title: 'On-balance volume',
  doc: 'Running total of volume, added on rising and taken off on falling closes; starts at 0 with the data.',
  category: 'volume',
  subcategory: 'cumulative',
  source: 'Granville, New Key to Stock Market Profits (1963)',
  params: Type.Object({
    price_col: columnParam(),
    volume_col: Type.Enum(['volume'], { default: 'volume' }),
  }),
  recursive: true,
  inputs: ({ price_col, volume_col }) => [price_col, volume_col],
  outputs: ({ price_col }) => [`obv${nameSuffix({ column: price_col })}`],
  warmup: () => 0,
  compute: (input, { price_col, volume_col }, [out]) => {
    const price = input[price_col]
    const volume = input[volume_col]
    let total = 0
    out!.fill(0, 0, 1)
    for (let i = 1; i < input.rows; i++) {
      if (price[i]! > price[i - 1]!) total += volume[i]!
      else if (price[i]! < price[i - 1]!) total -= volume[i]!
      out![i] = total
    }
  },
})
