import { Type } from 'typebox'
import { rollingMax, rollingMin } from '#shared/kernels/rolling-extremes.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const donchian = defineIndicator({
  id: 'donchian',
  title: 'Donchian channel',
  doc: 'Highest high, lowest low and their middle, this bar included; compare with the bar before for a breakout.',
  category: 'volatility',
  subcategory: 'band',
  source: 'Donchian, Trend-following methods in commodity price analysis (1957)',
  params: Type.Object({ window: barsParam(20) }),
  inputs: () => ['high', 'low'],
  outputs: ({ window }) => [`donchian_upper_${window}`, `donchian_lower_${window}`, `donchian_mid_${window}`],
  warmup: ({ window }) => window - 1,
  compute: ({ high, low, rows }, { window }, [upper, lower, mid]) => {
    rollingMax(high, window, upper!)
    rollingMin(low, window, lower!)
    for (let i = 0; i < rows; i++) mid![i] = (upper![i]! + lower![i]!) / 2
  },
})
