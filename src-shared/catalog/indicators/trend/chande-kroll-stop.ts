import { Type } from 'typebox'
import { rollingMax, rollingMin } from '#shared/kernels/rolling-extremes.ts'
import { averageTrueRange } from '#shared/kernels/true-range.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, factorParam } from '../params.ts'

export const chandeKrollStop = defineIndicator({
  id: 'chande_kroll_stop',
  title: 'Chande Kroll stop',
  doc: 'Trailing stops for a long and for a short position, set off the recent extremes by the average range.',
  category: 'trend',
  subcategory: 'stop',
  source: 'Chande & Kroll, The New Technical Trader (1994)',
  params: Type.Object({ period: barsParam(10), multiplier: factorParam(1), stop_period: barsParam(9) }),
  recursive: true,
  inputs: () => ['high', 'low', 'close'],
  outputs: ({ period, multiplier, stop_period }) => {
    const stem = `chande_kroll_${period}_${multiplier}_${stop_period}`
    return [`${stem}_long`, `${stem}_short`]
  },
  warmup: ({ period, stop_period }) => period + stop_period - 1,
  compute: ({ high, low, close, rows }, { period, multiplier, stop_period }, [long, short]) => {
    const reach = new Float64Array(rows)
    const fromHigh = new Float64Array(rows)
    const fromLow = new Float64Array(rows)
    averageTrueRange(high, low, close, period, 'sma', reach)
    rollingMax(high, period, fromHigh)
    rollingMin(low, period, fromLow)
    for (let i = 0; i < rows; i++) {
      fromHigh[i] = fromHigh[i]! - multiplier * reach[i]!
      fromLow[i] = fromLow[i]! + multiplier * reach[i]!
    }
    rollingMin(fromLow, stop_period, long!)
    rollingMax(fromHigh, stop_period, short!)
  },
})
