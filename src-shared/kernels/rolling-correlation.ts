/**
 * Pearson correlation of the last `window` pairs, −1 … 1. NaN until full, over any NaN and where either side does not vary.
 * Each window is summed about its own means: exact, O(n · window).
 */
export function rollingCorrelation(
  x: Float64Array,
  y: Float64Array,
  window: number,
  out: Float64Array,
): void {
  out.fill(Number.NaN, 0, window - 1)
  for (let i = window - 1; i < x.length; i++) {
    const from = i - window + 1
    let sumX = 0
    let sumY = 0
    let isFlatX = true
    let isFlatY = true
    for (let k = from; k <= i; k++) {
      sumX += x[k]!
      sumY += y[k]!
      isFlatX &&= x[k] === x[from]
      isFlatY &&= y[k] === y[from]
    }
    const meanX = sumX / window
    const meanY = sumY / window
    let xx = 0
    let yy = 0
    let xy = 0
    for (let k = from; k <= i; k++) {
      const dx = x[k]! - meanX
      const dy = y[k]! - meanY
      xx += dx * dx
      yy += dy * dy
      xy += dx * dy
    }
    out[i] = isFlatX || isFlatY ? Number.NaN : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)))
  }
}
