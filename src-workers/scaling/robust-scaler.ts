import type { RobustScaler } from '#shared/jobs/scoring-types.ts'

/** Median and interquartile range of each column over its known values; a range of 0, and a column without values, scale by 1. */
export function fitRobustScaler(columns: readonly Float64Array[]): RobustScaler {
  const center = new Float64Array(columns.length)
  const scale = new Float64Array(columns.length)
  for (let f = 0; f < columns.length; f++) {
    const sorted = columns[f]!.filter((x) => !Number.isNaN(x)).sort()
    const range = sorted.length === 0 ? 0 : sortedQuantile(sorted, 0.75) - sortedQuantile(sorted, 0.25)
    center[f] = sorted.length === 0 ? 0 : sortedQuantile(sorted, 0.5)
    scale[f] = range > 0 && Number.isFinite(range) ? range : 1
    if (!Number.isFinite(center[f]!)) center[f] = 0
  }
  return { center, scale }
}

/** (x − center) / scale of the `rows` of each column, NaN kept. The two steps are those of the ONNX graph, to the bit. */
export function scaleColumns(
  scaler: RobustScaler,
  columns: readonly Float64Array[],
  rows: Int32Array,
): Float64Array[] {
  return columns.map((column, f) => {
    const center = scaler.center[f]!
    const scale = scaler.scale[f]!
    const out = new Float64Array(rows.length)
    for (let i = 0; i < rows.length; i++) out[i] = (column[rows[i]!]! - center) / scale
    return out
  })
}

/** Quantile of ascending values by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996). */
export function sortedQuantile(sorted: Float64Array, q: number): number {
  const position = q * (sorted.length - 1)
  const below = Math.floor(position)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low === high ? low : low + (position - below) * (high - low)
}
