import type { BinnedTable } from './bin-columns.ts'

/** Moves the rows that go left to the front of rows[start … end), each side in its old order, and returns where the right begins. */
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
  const { codes } = table
  const width = table.rowWords * 4
  const missing = table.binCount[feature]!
  let middle = start
  let right = 0
  for (let i = start; i < end; i++) {
    const r = rows[i]!
    const code = codes[r * width + feature]!
    if (code <= bin || (missingLeft && code === missing)) rows[middle++] = r
    else scratch[right++] = r
  }
  for (let i = 0; i < right; i++) rows[middle + i] = scratch[i]!
  return middle
}
