import type { BinnedTable } from './binned-table.ts'

export function partitionRows(
  table: BinnedTable,
  rows: Int32Array,
  start: number,
  end: number,
  feature: number,
  bin: number,
  missingLeft: boolean,
  scratch: Int32Array,
): number {
  const column = table.columns[feature]!
  const missing = table.binCount[feature]!
  let middle = start
  let right = 0
  for (let i = start; i < end; i++) {
    const r = rows[i]!
    const code = column[r]!
    if (code <= bin || (missingLeft && code === missing)) rows[middle++] = r
    else scratch[right++] = r
  }
  for (let i = 0; i < right; i++) rows[middle + i] = scratch[i]!
  return middle
}
