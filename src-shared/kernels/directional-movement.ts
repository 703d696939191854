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
  let i = 1
  for (; i < n && i <= first; i++) {
    const rise = riseOf(high[i]! - high[i - 1]!, low[i - 1]! - low[i]!)
    const fall = riseOf(low[i - 1]! - low[i]!, high[i]! - high[i - 1]!)
    // Sums, not means: a factor 1 / period would cancel in every ratio.
    const isSeeding = seed === 'sma' ? i < period : i === 1
    const keep = isSeeding ? 1 : fade
    const scale = isSeeding && seed === 'first' ? period : 1
    plus = keep * plus + scale * rise
    minus = keep * minus + scale * fall
    range = keep * range + scale * (Math.max(high[i]!, close[i - 1]!) - Math.min(low[i]!, close[i - 1]!))
    if (i < period) continue
    const dx = imbalance(plus, minus)
    plusDi[i] = plus * percentOf(range)
    minusDi[i] = minus * percentOf(range)
    if (seed === 'sma') strength += dx / period
    else strength = i === period ? dx : strength + (dx - strength) / period
  }
  if (n > first) adx[first] = strength
  for (; i < n; i++) {
    const up = high[i]! - high[i - 1]!
    const down = low[i - 1]! - low[i]!
    plus = fade * plus + riseOf(up, down)
    minus = fade * minus + riseOf(down, up)
    range = fade * range + (Math.max(high[i]!, close[i - 1]!) - Math.min(low[i]!, close[i - 1]!))
    plusDi[i] = plus * percentOf(range)
    minusDi[i] = minus * percentOf(range)
    strength += (imbalance(plus, minus) - strength) * (1 / period)
    adx[i] = strength
  }
}

/**
 * What a bar rose, 0 where it fell as far or farther. (|x| + x) / 2 is max(0, x), and a truth value as a factor is a choice, without
 * branches that no processor could foresee.
 */
function riseOf(up: number, down: number): number {
  const rise = (Math.abs(up) + up) / 2
  return rise * Number(!(rise <= (Math.abs(down) + down) / 2))
}

function percentOf(range: number): number {
  return range === 0 ? 0 : 100 / range
}

function imbalance(plus: number, minus: number): number {
  const moved = plus + minus
  return moved === 0 ? 0 : (100 * Math.abs(plus - minus)) / moved
}
