import { Type } from 'typebox'
import { wilder } from '#shared/kernels/ema.ts'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { trueRange } from '#shared/kernels/true-range.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, factorParam } from '../params.ts'

export const supertrend = defineIndicator({
  id: 'supertrend',
  title: 'Supertrend',
  doc: 'Trailing band around the bar middle that only tightens until price closes through it; direction 1 up, −1 down.',
  category: 'trend',
  subcategory: 'stop',
  source: 'Seban, Tout le monde mérite d’être riche (2008); range averaged plainly or as Wilder',
  params: Type.Object({
    period: barsParam(10),
    multiplier: factorParam(3),
    smoothing: Type.Enum(['sma', 'wilder'], { default: 'sma' }),
  }),
  recursive: true,
  inputs: () => ['high', 'low', 'close'],
  outputs: ({ period, multiplier, smoothing }) => {
    const stem = `supertrend_${period}_${multiplier}${smoothing === 'sma' ? '' : '_wilder'}`
    return [stem, `${stem}_dir`]
  },
  warmup: ({ period }) => period,
  compute: ({ high, low, close, rows }, { period, multiplier, smoothing }, [line, direction]) => {
    const range = new Float64Array(rows)
    const reach = new Float64Array(rows)
    trueRange(high, low, close, range)
    if (smoothing === 'sma') rollingMean(range, period, reach)
    else wilder(range, period, 'sma', reach)
    line!.fill(Number.NaN, 0, period)
    direction!.fill(Number.NaN, 0, period)
    let upper = Number.POSITIVE_INFINITY
    let lower = Number.NEGATIVE_INFINITY
    let isUp = true
    for (let i = period; i < rows; i++) {
      const middle = (high[i]! + low[i]!) / 2
      const above = middle + multiplier * reach[i]!
      const below = middle - multiplier * reach[i]!
      // A band moves towards price only, unless the last close was already beyond it.
      if (above < upper || close[i - 1]! > upper) upper = above
      if (below > lower || close[i - 1]! < lower) lower = below
      if (isUp ? close[i]! < lower : close[i]! > upper) isUp = !isUp
      else if (i === period) isUp = close[i]! >= middle
      line![i] = isUp ? lower : upper
      direction![i] = isUp ? 1 : -1
    }
  },
})
