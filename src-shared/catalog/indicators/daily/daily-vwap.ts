import { Type } from 'typebox'
import { gatherKnown } from '#shared/kernels/gather-known.ts'
import { barPrice } from '#shared/kernels/session-vwap.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, underlyingParam } from '../params.ts'

export const dailyVwap = defineIndicator({
  id: 'daily_vwap',
  title: 'Daily VWAP',
  doc: 'Average price paid in the previous session (or further back); its typical price where the source has no vwap.',
  category: 'daily',
  subcategory: 'vwap',
  source: 'Volume-weighted price of the daily bar, else (high + low + close) / 3',
  params: Type.Object({ underlying: underlyingParam(), shift_days: barsParam(1) }),
  inputs: () => ['daily'],
  lag: ({ shift_days }) => shift_days,
  outputs: ({ shift_days }) => [`vwap_d${shift_days === 1 ? '' : `_${shift_days}`}`],
  warmup: ({ shift_days }) => shift_days,
  warmupUnit: 'sessions',
  compute: ({ daily }, { shift_days }, [out]) => {
    const price = new Float64Array(daily.length)
    barPrice(daily, 'vwap', price)
    gatherKnown(price, daily.asOf, shift_days - 1, out!)
  },
})
