/**
 * Standard deviation of the last `window` values; `ddof` 0 for the population, 1 for the sample. NaN until full and over
 * any NaN, exactly 0 over equal values. O(n), allocates nothing.
 */
export function rollingStd(x: Float64Array, window: number, ddof: 0 | 1, out: Float64Array): void {
  rollingVariance(x, window, ddof, out)
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(out[i]!)
}

/** Variance of the last `window` values, as `rollingStd`. */
export function rollingVariance(x: Float64Array, window: number, ddof: 0 | 1, out: Float64Array): void {
  const n = x.length
  const freshEvery = Math.max(window, 32)
  let untilFresh = 1
  let anchor = 0
  let sum = 0
  let squares = 0
  let holes = 0
  let equalRun = 0
  for (let i = 0; i < n; i++) {
    const entering = x[i]!
    equalRun = i > 0 && entering === x[i - 1] ? equalRun + 1 : 1
    if (Number.isNaN(entering)) holes++
    if (i >= window && Number.isNaN(x[i - window]!)) holes--
    if (--untilFresh === 0) {
      // Deviations are taken from a value nearby: the difference of two large sums of squares would lose the variance.
      untilFresh = freshEvery
      anchor = Number.isNaN(entering) ? anchor : entering
      sum = 0
      squares = 0
      for (let k = Math.max(0, i - window + 1); k <= i; k++) {
        if (Number.isNaN(x[k]!)) continue
        const deviation = x[k]! - anchor
        sum += deviation
        squares += deviation * deviation
      }
    } else {
      if (!Number.isNaN(entering)) {
        const deviation = entering - anchor
        sum += deviation
        squares += deviation * deviation
      }
      const leaving = i >= window ? x[i - window]! : Number.NaN
      if (!Number.isNaN(leaving)) {
        const deviation = leaving - anchor
        sum -= deviation
        squares -= deviation * deviation
      }
    }
    if (i < window - 1 || holes > 0) out[i] = Number.NaN
    else if (equalRun >= window) out[i] = 0
    else out[i] = Math.max(0, (squares - (sum * sum) / window) / (window - ddof))
  }
}
