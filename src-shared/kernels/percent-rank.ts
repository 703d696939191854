/** Percentage of the `window` values before each that are below it, 0–100. NaN until `window` values precede, and over any NaN. */
export function percentRank(x: Float64Array, window: number, out: Float64Array): void {
  out.fill(Number.NaN, 0, window)
  for (let i = window; i < x.length; i++) {
    const value = x[i]!
    let below = 0
    let known = Number.isNaN(value) ? 0 : 1
    for (let k = i - window; k < i; k++) {
      if (x[k]! < value) below++
      if (!Number.isNaN(x[k]!)) known++
    }
    out[i] = known === window + 1 ? (100 * below) / window : Number.NaN
  }
}
