/** Sample skewness of the last `window` ≥ 3 values, adjusted for bias (Joanes & Gill 1998, G1). NaN over equal values. */
export function rollingSkew(x: Float64Array, window: number, out: Float64Array): void {
  const adjust = Math.sqrt(window * (window - 1)) / (window - 2)
  rollingStandardMoment(x, window, 3, out)
  for (let i = 0; i < out.length; i++) out[i] = out[i]! * adjust
}

/** Sample excess kurtosis of the last `window` ≥ 4 values, adjusted for bias (Joanes & Gill 1998, G2). */
export function rollingKurtosis(x: Float64Array, window: number, out: Float64Array): void {
  const adjust = (window - 1) / ((window - 2) * (window - 3))
  rollingStandardMoment(x, window, 4, out)
  for (let i = 0; i < out.length; i++) out[i] = adjust * ((window + 1) * (out[i]! - 3) + 6)
}

/** Central moment over the power of the population deviation. Summed about each window's own mean: exact, O(n · window). */
function rollingStandardMoment(x: Float64Array, window: number, order: 3 | 4, out: Float64Array): void {
  out.fill(Number.NaN, 0, window - 1)
  for (let i = window - 1; i < x.length; i++) {
    const from = i - window + 1
    let sum = 0
    let isFlat = true
    for (let k = from; k <= i; k++) {
      sum += x[k]!
      isFlat &&= x[k] === x[from]
    }
    const mean = sum / window
    let second = 0
    let higher = 0
    for (let k = from; k <= i; k++) {
      const deviation = x[k]! - mean
      const square = deviation * deviation
      second += square
      higher += order === 3 ? square * deviation : square * square
    }
    const variance = second / window
    const scale = order === 3 ? variance * Math.sqrt(variance) : variance * variance
    out[i] = isFlat ? Number.NaN : higher / window / scale
  }
}
