import { type Seed, wilder } from './ema.ts'

/**
 * Wilder's directional indicators and ADX, all 0–100 (New Concepts in Technical Trading Systems, 1978). The `sma` seed sums
 * the first period − 1 bars as TA-Lib does. The DIs begin at bar `period`, the ADX at 2 · period − 1.
 */
export function directionalMovement(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  seed: Seed,
  plusDi: Float64Array,
  minusDi: Float64Array,
  adx: Float64Array,
): void {
  const n = adx.length
  const dx = new Float64Array(n).fill(Number.NaN)
  let plus = 0
  let minus = 0
  let range = 0
  plusDi.fill(Number.NaN, 0, period)
  minusDi.fill(Number.NaN, 0, period)
  for (let i = 1; i < n; i++) {
    const previous = close[i - 1]!
    const up = high[i]! - high[i - 1]!
    const down = low[i - 1]! - low[i]!
    const plusMove = up > down && up > 0 ? up : 0
    const minusMove = down > up && down > 0 ? down : 0
    const tr = Math.max(high[i]! - low[i]!, Math.abs(high[i]! - previous), Math.abs(low[i]! - previous))
    // Sums, not means: the factor 1 / period cancels in every ratio.
    const keep = seed === 'sma' && i < period ? 1 : seed === 'first' && i === 1 ? 0 : 1 - 1 / period
    const scale = seed === 'first' && i === 1 ? period : 1
    plus = keep * plus + scale * plusMove
    minus = keep * minus + scale * minusMove
    range = keep * range + scale * tr
    if (i < period) continue
    plusDi[i] = range === 0 ? 0 : (100 * plus) / range
    minusDi[i] = range === 0 ? 0 : (100 * minus) / range
    dx[i] = plus + minus === 0 ? 0 : (100 * Math.abs(plus - minus)) / (plus + minus)
  }
  wilder(dx, period, seed, adx)
}
