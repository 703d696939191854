/**
 * Least-squares line through the last `window` values against time: its slope per bar, its value at the newest bar and R²
 * (NaN over equal values, where no share of variance can be explained). NaN until full and over any NaN. O(n), in blocks as
 * `rollingVariance`; allocates nothing.
 */
export function rollingRegression(
  x: Float64Array,
  window: number,
  slope: Float64Array,
  end: Float64Array,
  r2: Float64Array,
): void {
  const n = x.length
  const block = Math.max(64, 4 * window)
  const middle = (window - 1) / 2
  const timeVariation = (window * (window * window - 1)) / 12
  for (const out of [slope, end, r2]) out.fill(Number.NaN, 0, window - 1)
  for (let from = window - 1; from < n; from += block) {
    const stop = Math.min(n, from + block)
    const anchor = x[from]!
    let sum = 0
    let squares = 0
    let cross = 0
    for (let k = 0; k < window; k++) {
      const deviation = x[from - window + 1 + k]! - anchor
      sum += deviation
      squares += deviation * deviation
      cross += k * deviation
    }
    let passed = squares
    fitWindow(x, from, window, slope, end, r2)
    for (let i = from + 1; i < stop; i++) {
      const entering = x[i]! - anchor
      const leaving = x[i - window]! - anchor
      cross += (window - 1) * entering - (sum - leaving)
      sum += entering - leaving
      squares += (entering - leaving) * (entering + leaving)
      passed += entering * entering
      const variation = squares - (sum * sum) / window
      // What is left of much larger terms is mostly rounding; a NaN fails the comparison too.
      if (variation > 1e-4 * passed) {
        const covariation = cross - middle * sum
        const rise = covariation / timeVariation
        slope[i] = rise
        end[i] = anchor + sum / window + rise * middle
        r2[i] = Math.min(1, (covariation * rise) / variation)
      } else fitWindow(x, i, window, slope, end, r2)
    }
  }
}

/** The line through one window, summed about its own mean. */
function fitWindow(
  x: Float64Array,
  last: number,
  window: number,
  slope: Float64Array,
  end: Float64Array,
  r2: Float64Array,
): void {
  const from = last - window + 1
  const first = x[from]!
  const middle = (window - 1) / 2
  let sum = 0
  for (let k = 0; k < window; k++) sum += x[from + k]! - first
  const mean = sum / window
  let squares = 0
  let covariation = 0
  for (let k = 0; k < window; k++) {
    const deviation = x[from + k]! - first - mean
    squares += deviation * deviation
    covariation += (k - middle) * deviation
  }
  const rise = covariation / ((window * (window * window - 1)) / 12)
  slope[last] = rise
  end[last] = first + mean + rise * middle
  r2[last] = squares === 0 ? Number.NaN : Math.min(1, (covariation * rise) / squares)
}
