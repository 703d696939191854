interface OpenHighLowClose {
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
}

/** Variance of each bar after Rogers & Satchell (1991): ln(H/C)·ln(H/O) + ln(L/C)·ln(L/O). */
export function rogersSatchellTerm({ open, high, low, close }: OpenHighLowClose, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    out[i] =
      Math.log(high[i]! / close[i]!) * Math.log(high[i]! / open[i]!) +
      Math.log(low[i]! / close[i]!) * Math.log(low[i]! / open[i]!)
  }
}
