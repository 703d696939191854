/**
 * Standard deviation of the last `window` values; `ddof` 0 for the population, 1 for the sample. NaN until full and over
 * any NaN, exactly 0 over equal values. O(n), allocates nothing.
 */
export function rollingStd(x: Float64Array, window: number, ddof: 0 | 1, out: Float64Array): void {
  rollingVariance(x, window, ddof, out)
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(out[i]!)
}

/**
 * Variance of the last `window` values, as `rollingStd`. Slides in blocks; each takes deviations from its first value, since
 * the difference of two large sums of squares would lose the variance.
 */
export function rollingVariance(x: Float64Array, window: number, ddof: 0 | 1, out: Float64Array): void {
  const n = x.length
  const block = Math.max(64, 4 * window)
  const divisor = window - ddof
  out.fill(Number.NaN, 0, window - 1)
  for (let from = window - 1; from < n; from += block) {
    const end = Math.min(n, from + block)
    const anchor = x[from]!
    let sum = 0
    let squares = 0
    for (let k = from - window + 1; k <= from; k++) {
      const deviation = x[k]! - anchor
      sum += deviation
      squares += deviation * deviation
    }
    let passed = squares
    out[from] = squaresAboutMean(x, from - window + 1, from) / divisor
    for (let i = from + 1; i < end; i++) {
      const entering = x[i]! - anchor
      const leaving = x[i - window]! - anchor
      sum += entering - leaving
      squares += (entering - leaving) * (entering + leaving)
      passed += entering * entering
      const variation = squares - (sum * sum) / window
      // What is left of much larger terms is mostly rounding.
      const isSure = variation > 1e-4 * passed
      out[i] = (isSure ? variation : squaresAboutMean(x, i - window + 1, i)) / divisor
    }
    if (!Number.isNaN(sum)) continue
    for (let i = from; i < end; i++) out[i] = squaresAboutMean(x, i - window + 1, i) / divisor
  }
}

function squaresAboutMean(x: Float64Array, from: number, to: number): number {
  const first = x[from]!
  let sum = 0
  for (let k = from; k <= to; k++) sum += x[k]! - first
  const mean = sum / (to - from + 1)
  let squares = 0
  for (let k = from; k <= to; k++) {
    const deviation = x[k]! - first - mean
    squares += deviation * deviation
  }
  return squares
}
