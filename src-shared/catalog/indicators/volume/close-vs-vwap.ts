import { Type } from 'typebox'
import { gatherKnown } from '#shared/kernels/gather-known.ts'
import { barPrice, sessionVwap } from '#shared/kernels/session-vwap.ts'
import { defineIndicator } from '../define.ts'

export const closeVsVwap = defineIndicator({
  id: 'close_vs_vwap',
  title: 'Close against VWAP',
  doc: 'Close less the session’s VWAP (or, with kind daily, the previous session’s), as a fraction of it.',
  category: 'volume',
  subcategory: 'vwap',
  source: '(close − VWAP) / VWAP',
  params: Type.Object({ kind: Type.Enum(['intraday', 'daily'], { default: 'intraday' }) }),
  inputs: ({ kind }) =>
    kind === 'daily' ? ['close', 'daily'] : ['high', 'low', 'close', 'volume', 'vwap', 'time', 'intraday'],
  outputs: ({ kind }) => [kind === 'daily' ? 'close_vs_vwap_daily' : 'close_vs_vwap'],
  warmup: ({ kind }) => (kind === 'daily' ? 1 : 0),
  warmupUnit: 'sessions',
  compute: (input, { kind }, [out]) => {
    if (kind === 'intraday') sessionVwap(input, 'vwap', out!)
    else {
      const daily = new Float64Array(input.daily.length)
      barPrice(input.daily, 'vwap', daily)
      gatherKnown(daily, input.daily.asOf, 0, out!)
    }
    for (let i = 0; i < input.rows; i++) out![i] = input.close[i]! / out![i]! - 1
  },
})
