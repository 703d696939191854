import type { SideSeries } from '../define.ts'

/** Column names of one kind of pivots. */
export const pivotNames = (kind: string, levels: string[]): string[] =>
  levels.map((level) => `pivot_${kind}_${level}`)

/** High, low and close of the session before the row's, NaN where none is known. */
export function previousSession(
  daily: SideSeries,
  row: number,
): { high: number; low: number; close: number } {
  const at = daily.asOf[row]! - 1
  if (at < 0) return { high: Number.NaN, low: Number.NaN, close: Number.NaN }
  return { high: daily.high[at]!, low: daily.low[at]!, close: daily.close[at]! }
}

/** Writes one row of levels, one per column. */
export function writeLevels(outs: Float64Array[], row: number, levels: number[]): void {
  for (let k = 0; k < levels.length; k++) outs[k]![row] = levels[k]!
}
