/** Sum of the last `window` values. NaN until full and over any NaN. O(n), allocates nothing. */
export function rollingSum(x: Float64Array, window: number, out: Float64Array): void {
  slide(x, window, 1, out)
}

/** Mean of the last `window` values. NaN until full and over any NaN. O(n), allocates nothing. */
export function rollingMean(x: Float64Array, window: number, out: Float64Array): void {
  slide(x, window, window, out)
}

function slide(x: Float64Array, window: number, divisor: number, out: Float64Array): void {
  const n = x.length
  const head = Math.min(window - 1, n)
  // Summing afresh now and then keeps rounding of a long slide, and of an outlier long gone, out of the result.
  const freshEvery = Math.max(window, 64)
  let untilFresh = freshEvery
  let sum = 0
  // NaNs are counted, since one added to `sum` could never be subtracted again; zeros too, so that only zeros sum to exactly 0.
  let holes = 0
  let zeros = 0
  for (let i = 0; i < head; i++) {
    const entering = x[i]!
    if (entering === 0) zeros++
    else if (Number.isNaN(entering)) holes++
    else sum += entering
    out[i] = Number.NaN
  }
  for (let i = head; i < n; i++) {
    const entering = x[i]!
    if (entering === 0) zeros++
    else if (Number.isNaN(entering)) holes++
    else sum += entering
    if (zeros === window) sum = 0
    out[i] = holes === 0 ? sum / divisor : Number.NaN
    const leaving = x[i - window + 1]!
    if (leaving === 0) zeros--
    else if (Number.isNaN(leaving)) holes--
    else sum -= leaving
    if (--untilFresh === 0) {
      untilFresh = freshEvery
      sum = 0
      for (let k = i - window + 2; k <= i; k++) if (!Number.isNaN(x[k]!)) sum += x[k]!
    }
  }
}
