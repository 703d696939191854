/** Wilder's true range, gap included. NaN on the first bar, which has no previous close. */
export function trueRange(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
): void {
  if (out.length > 0) out[0] = Number.NaN
  for (let i = 1; i < out.length; i++) {
    const previous = close[i - 1]!
    out[i] = Math.max(high[i]!, previous) - Math.min(low[i]!, previous)
  }
}
