/**
 * Linearly weighted mean: weight 1 for the oldest of `window` values up to `window` for the newest. NaN until full and over
 * any NaN. O(n), in blocks as `rollingMean`; allocates nothing.
 */
export function weightedMean(x: Float64Array, window: number, out: Float64Array): void {
  const n = x.length
  const block = Math.max(64, 4 * window)
  const weights = (window * (window + 1)) / 2
  out.fill(Number.NaN, 0, window - 1)
  for (let from = window - 1; from < n; from += block) {
    const end = Math.min(n, from + block)
    let sum = 0
    for (let k = from - window + 1; k <= from; k++) sum += x[k]!
    let weighted = weightedSum(x, window, from)
    let passed = Math.abs(sum)
    out[from] = weighted / weights
    for (let i = from + 1; i < end; i++) {
      const entering = x[i]!
      weighted += window * entering - sum
      sum += entering - x[i - window]!
      passed += Math.abs(entering)
      // What is left of much larger terms is mostly rounding.
      if (Math.abs(sum) < 1e-4 * passed) out[i] = weightedSum(x, window, i) / weights
      else out[i] = weighted / weights
    }
    if (!Number.isNaN(sum)) continue
    for (let i = from; i < end; i++) out[i] = weightedSum(x, window, i) / weights
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

function weightedSum(x: Float64Array, window: number, last: number): number {
  let sum = 0
  for (let k = 1; k <= window; k++) sum += k * x[last - window + k]!
  return sum
}
