/** The values that are no NaN, in their order. */
export function knownOf(values: Float64Array): Float64Array {
  const known = new Float64Array(values.length)
  let n = 0
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) known[n++] = values[i]!
  return known.slice(0, n)
}
