/**
 * Least-squares line through the last `window` values against time: its slope per bar, its value at the newest bar and R²
 * (NaN over equal values, where no share of variance can be explained). NaN until full and over any NaN. O(n).
 */
export function rollingRegression(
  x: Float64Array,
  window: number,
  slope: Float64Array,
  end: Float64Array,
  r2: Float64Array,
): void {
  const n = x.length
  const middle = (window - 1) / 2
  const timeVariation = (window * (window * window - 1)) / 12
  const freshEvery = Math.max(window, 32)
  let untilFresh = 1
  let anchor = 0
  let sum = 0
  let squares = 0
  let cross = 0
  let holes = 0
  let equalRun = 0
  for (let i = 0; i < n; i++) {
    const entering = x[i]!
    equalRun = i > 0 && entering === x[i - 1] ? equalRun + 1 : 1
    if (Number.isNaN(entering)) holes++
    if (i >= window && Number.isNaN(x[i - window]!)) holes--
    if (--untilFresh === 0) {
      // Deviations from a nearby value keep the sums small, so that nothing is lost when they are subtracted.
      untilFresh = freshEvery
      anchor = Number.isNaN(entering) ? anchor : entering
      sum = 0
      squares = 0
      cross = 0
      for (let k = Math.max(0, i - window + 1); k <= i; k++) {
        const deviation = Number.isNaN(x[k]!) ? 0 : x[k]! - anchor
        sum += deviation
        squares += deviation * deviation
        cross += (k - i + window - 1) * deviation
      }
    } else {
      const added = Number.isNaN(entering) ? 0 : entering - anchor
      const leaving = i >= window ? x[i - window]! : Number.NaN
      const removed = Number.isNaN(leaving) ? 0 : leaving - anchor
      cross += (window - 1) * added - (sum - removed)
      sum += added - removed
      squares += added * added - removed * removed
    }
    if (i < window - 1 || holes > 0) {
      slope[i] = end[i] = r2[i] = Number.NaN
    } else if (equalRun >= window) {
      slope[i] = 0
      end[i] = entering
      r2[i] = Number.NaN
    } else {
      const covariation = cross - middle * sum
      const rise = covariation / timeVariation
      slope[i] = rise
      end[i] = anchor + sum / window + rise * middle
      r2[i] = Math.min(1, (covariation * covariation) / (timeVariation * (squares - (sum * sum) / window)))
    }
  }
}
