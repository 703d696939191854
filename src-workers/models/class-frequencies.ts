/** Share of each class among `rows`, all of which have a label. */
export function classFrequencies(y: Int8Array, rows: Int32Array, classes: number): Float64Array {
  const counts = new Float64Array(classes)
  for (const r of rows) counts[y[r]!]!++
  return counts.map((count) => (rows.length === 0 ? 0 : count / rows.length))
}
