/**
 * Per row the newest value of a side series known at its decision time, or the one `lag` before it; NaN where there is none.
 * `asOf[row]` counts the known values.
 */
export function gatherKnown(values: Float64Array, asOf: Int32Array, lag: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    const at = asOf[i]! - 1 - lag
    out[i] = at >= 0 ? values[at]! : Number.NaN
  }
}
