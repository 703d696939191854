/* Arithmetic on whole columns, for definitions that chain TA-Lib's functions. */

export const zip = (f: (...values: number[]) => number, ...columns: Float64Array[]): Float64Array =>
  columns[0]!.map((_, i) => f(...columns.map((column) => column[i]!)))

export const lag = (x: Float64Array, bars: number): Float64Array =>
  x.map((_, i) => (i < bars ? Number.NaN : x[i - bars]!))

export const change = (x: Float64Array, bars = 1): Float64Array =>
  zip((now, then) => now - then, x, lag(x, bars))

export const size = (x: Float64Array): Float64Array => x.map(Math.abs)

/** The column with `neutral` where `range` is 0. */
export const neutralAt = (range: Float64Array, neutral: number, column: Float64Array): Float64Array =>
  zip((span, value) => (span === 0 && !Number.isNaN(value) ? neutral : value), range, column)

/** Everything that moved up to each row. */
export function pathSoFar(x: Float64Array): Float64Array {
  let path = 0
  return x.map((value, i) => {
    path += i === 0 ? 0 : Math.abs(value - x[i - 1]!)
    return path
  })
}
