interface HighLow {
  high: Float64Array
  low: Float64Array
}

/** (high + low) / 2 of each bar. */
export function medianPrice({ high, low }: HighLow, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = (high[i]! + low[i]!) / 2
}

/** (high + low + close) / 3 of each bar. */
export function typicalPrice(
  { high, low, close }: HighLow & { close: Float64Array },
  out: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) out[i] = (high[i]! + low[i]! + close[i]!) / 3
}
