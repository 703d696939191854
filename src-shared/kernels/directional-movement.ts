import type { Seed } from './ema.ts'

/**
 * Wilder's directional indicators and ADX, all 0–100 (New Concepts in Technical Trading Systems, 1978). The `sma` seed sums
 * the first period − 1 bars as TA-Lib does. The DIs begin at bar `period`, the ADX at 2 · period − 1. O(n), allocates nothing.
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
  const fade = 1 - 1 / period
  const first = 2 * period - 1
  let plus = 0
  let minus = 0
  let range = 0
  let strength = 0
  plusDi.fill(Number.NaN, 0, period)
  minusDi.fill(Number.NaN, 0, period)
  adx.fill(Number.NaN, 0, first)
  for (let i = 1; i < n; i++) {
    const previous = close[i - 1]!
    const up = high[i]! - high[i - 1]!
    const down = low[i - 1]! - low[i]!
    // (|x| + x) / 2 is max(0, x) without a branch that no processor could foresee.
    let rise = (Math.abs(up) + up) / 2
    let fall = (Math.abs(down) + down) / 2
    if (rise * fall > 0) {
      // An outside bar counts for its longer side only, for neither when both are equal.
      const balance = rise - fall
      if (balance <= 0) rise = 0
      if (balance >= 0) fall = 0
    }
    // Sums, not means: a factor 1 / period would cancel in every ratio.
    const isSeeding = seed === 'sma' ? i < period : i === 1
    const keep = isSeeding ? 1 : fade
    const scale = isSeeding && seed === 'first' ? period : 1
    plus = keep * plus + scale * rise
    minus = keep * minus + scale * fall
    range = keep * range + scale * (Math.max(high[i]!, previous) - Math.min(low[i]!, previous))
    if (i < period) continue
    const percent = range === 0 ? 0 : 100 / range
    const moved = plus + minus
    const dx = moved === 0 ? 0 : (100 * Math.abs(plus - minus)) / moved
    plusDi[i] = plus * percent
    minusDi[i] = minus * percent
    if (i > first) strength += (dx - strength) * (1 / period)
    else if (seed === 'sma') strength += dx / period
    else strength = i === period ? dx : strength + (dx - strength) / period
    if (i >= first) adx[i] = strength
  }
}
