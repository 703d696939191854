import { gatherKnown } from '#shared/kernels/gather-known.ts'
import type { SideSeries } from '../define.ts'

/** Column names of one kind of pivots. */
export const pivotNames = (kind: string, levels: string[]): string[] =>
  levels.map((level) => `pivot_${kind}_${level}`)

/** Works the levels out once a session and gives each row those of the session before it, one column per level. */
export function fillPivots(
  daily: SideSeries,
  outs: Float64Array[],
  levelsOf: (high: number, low: number, close: number) => number[],
): void {
  const columns = outs.map(() => new Float64Array(daily.length))
  for (let i = 0; i < daily.length; i++) {
    const levels = levelsOf(daily.high[i]!, daily.low[i]!, daily.close[i]!)
    for (let k = 0; k < columns.length; k++) columns[k]![i] = levels[k]!
  }
  for (let k = 0; k < outs.length; k++) gatherKnown(columns[k]!, daily.asOf, 0, outs[k]!)
}
