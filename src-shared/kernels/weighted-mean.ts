/** Linearly weighted mean: weight 1 for the oldest of `window` values up to `window` for the newest. NaN-aware, O(n). */
export function weightedMean(x: Float64Array, window: number, out: Float64Array): void {
  const n = x.length
  const weights = (window * (window + 1)) / 2
  const freshEvery = Math.max(window, 64)
  let untilFresh = 1
  let sum = 0
  let weighted = 0
  let holes = 0
  for (let i = 0; i < n; i++) {
    const entering = x[i]!
    const leaving = i >= window ? x[i - window]! : 0
    if (Number.isNaN(entering)) holes++
    if (Number.isNaN(leaving)) holes--
    if (--untilFresh === 0) {
      // Fresh sums bound the rounding that sliding piles up.
      untilFresh = freshEvery
      sum = 0
      weighted = 0
      for (let k = Math.max(0, i - window + 1); k <= i; k++) {
        const value = Number.isNaN(x[k]!) ? 0 : x[k]!
        sum += value
        weighted += (k - i + window) * value
      }
    } else {
      const value = Number.isNaN(entering) ? 0 : entering
      weighted += window * value - sum
      sum += value - (Number.isNaN(leaving) ? 0 : leaving)
    }
    out[i] = i < window - 1 || holes > 0 ? Number.NaN : weighted / weights
  }
}

/** Weighted sum of the last `weights.length` values, oldest first. O(n · weights). */
export function convolve(x: Float64Array, weights: Float64Array, out: Float64Array): void {
  const window = weights.length
  out.fill(Number.NaN, 0, window - 1)
  for (let i = window - 1; i < x.length; i++) {
    let sum = 0
    for (let k = 0; k < window; k++) sum += weights[k]! * x[i - window + 1 + k]!
    out[i] = sum
  }
}
