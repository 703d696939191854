/**
 * How a recursive average starts: `sma` with the mean of its first window (TA-Lib's default), `first` with the first value
 * (MetaStock). Either way the first window − 1 values are NaN.
 */
export type Seed = 'sma' | 'first'

/** Exponential moving average, weight 2 / (window + 1). O(n), allocates nothing. */
export function ema(x: Float64Array, window: number, seed: Seed, out: Float64Array): void {
  smooth(x, 2 / (window + 1), window, seed, out)
}

/** Wilder's smoothing, weight 1 / period (New Concepts in Technical Trading Systems, 1978). */
export function wilder(x: Float64Array, period: number, seed: Seed, out: Float64Array): void {
  smooth(x, 1 / period, period, seed, out)
}

/**
 * Recursive average y ← y + weight · (x − y), seeded over the first `settle` values after any leading NaN. A later NaN is
 * passed over: it gives NaN in its row and leaves the average as it was. `out` may be `x`.
 */
export function smooth(x: Float64Array, weight: number, settle: number, seed: Seed, out: Float64Array): void {
  const n = x.length
  let seen = 0
  let average = 0
  let i = 0
  for (; i < n && seen < settle; i++) {
    const value = x[i]!
    out[i] = Number.NaN
    if (Number.isNaN(value)) continue
    seen++
    if (seed === 'sma') average += value / settle
    else average = seen === 1 ? value : average + weight * (value - average)
    if (seen === settle) out[i] = average
  }
  for (; i < n; i++) {
    const value = x[i]!
    if (Number.isNaN(value)) out[i] = Number.NaN
    else {
      average += weight * (value - average)
      out[i] = average
    }
  }
}
