/** Change over `lag` bars as a fraction of the earlier value. */
export function relativeChange(x: Float64Array, lag: number, out: Float64Array): void {
  out.fill(Number.NaN, 0, lag)
  for (let i = lag; i < out.length; i++) out[i] = x[i]! / x[i - lag]! - 1
}

/** Change over `lag` bars. */
export function difference(x: Float64Array, lag: number, out: Float64Array): void {
  out.fill(Number.NaN, 0, lag)
  for (let i = lag; i < out.length; i++) out[i] = x[i]! - x[i - lag]!
}
