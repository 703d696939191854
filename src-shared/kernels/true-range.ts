import { type Seed, wilder } from './ema.ts'

/** Wilder's true range, gap included. NaN on the first bar, which has no previous close. */
export function trueRange(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
): void {
  if (out.length > 0) out[0] = Number.NaN
  for (let i = 1; i < out.length; i++) {
    const previous = close[i - 1]!
    out[i] = Math.max(high[i]!, previous) - Math.min(low[i]!, previous)
  }
}

/** Wilder's average true range. The first `period` values are NaN. O(n), allocates nothing. */
export function averageTrueRange(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  seed: Seed,
  out: Float64Array,
): void {
  trueRange(high, low, close, out)
  wilder(out, period, seed, out)
}
