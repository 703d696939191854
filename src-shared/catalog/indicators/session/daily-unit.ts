import { Type } from 'typebox'
import { SigmaError } from '#shared/errors.ts'
import { gatherKnown } from '#shared/kernels/gather-known.ts'
import { averageTrueRange } from '#shared/kernels/true-range.ts'
import type { IndicatorInput, SideSeries } from '../define.ts'

/** What an opening move is measured in: the average daily range, or the scatter of the previous session's 5-minute returns. */
export const normParam = () => Type.Enum(['atr', 'stddev5m'], { default: 'atr' })

/**
 * The unit of each row, from completed sessions only: Wilder ATR in price units, or the sample deviation of 5-minute returns
 * as a fraction.
 * @throws NO_DATA for `stddev5m` without 5-minute bars
 */
export function dailyUnit(
  input: IndicatorInput,
  norm: 'atr' | 'stddev5m',
  period: number,
  out: Float64Array,
): void {
  const { daily } = input
  if (norm === 'atr') {
    const average = new Float64Array(daily.length)
    averageTrueRange(daily.high, daily.low, daily.close, period, 'sma', average)
    gatherKnown(average, daily.asOf, 0, out)
    return
  }
  if (input.intraday === null) {
    throw new SigmaError('NO_DATA', 'norm stddev5m needs 5-minute bars, and the lake has none for these rows')
  }
  previousSessionDeviation(input, input.intraday, out)
}

function previousSessionDeviation(
  { session, daily }: IndicatorInput,
  fine: SideSeries,
  out: Float64Array,
): void {
  let end = 0
  let unit = Number.NaN
  for (let i = 0; i < out.length; i++) {
    if (i === 0 || session[i] !== session[i - 1]) {
      const previous = daily.asOf[i]! > 0 ? daily.session[daily.asOf[i]! - 1]! : -1
      while (end < fine.asOf[i]! && fine.session[end]! <= previous) end++
      unit = sessionDeviation(fine, end, previous)
    }
    out[i] = unit
  }
}

function sessionDeviation({ close, session }: SideSeries, end: number, wanted: number): number {
  let count = 0
  let mean = 0
  let squares = 0
  for (let k = end - 1; k > 0 && session[k] === wanted && session[k - 1] === wanted; k--) {
    const change = close[k]! / close[k - 1]! - 1
    count++
    const deviation = change - mean
    mean += deviation / count
    squares += deviation * (change - mean)
  }
  return count > 1 && squares > 0 ? Math.sqrt(squares / (count - 1)) : Number.NaN
}
