/** Where the close lies in its bar, −1 at the low to 1 at the high; 0 on a bar without range (Chaikin). */
export function moneyFlowMultiplier(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) {
    const range = high[i]! - low[i]!
    out[i] = range === 0 ? 0 : (2 * close[i]! - high[i]! - low[i]!) / range
  }
}

/** Accumulation/distribution line: running sum of volume × money flow multiplier, from the first bar. */
export function accumulation(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  out: Float64Array,
): void {
  moneyFlowMultiplier(high, low, close, out)
  let line = 0
  for (let i = 0; i < out.length; i++) {
    const flow = out[i]! * volume[i]!
    if (!Number.isNaN(flow)) line += flow
    out[i] = line
  }
}
