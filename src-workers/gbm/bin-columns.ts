import type { BinnedTable } from './binned-table.ts'
import type { Kernel } from './kernel.ts'

/**
 * Quantile bins of each column, at most `maxBin` (≤ 255) of them and one for NaN. Bounds are midpoints between neighbouring
 * distinct values; a column with no more distinct values than bins gets one bin for each. `beforeColumns` may throw.
 */
export function binColumns(
  kernel: Kernel,
  columns: readonly Float64Array[],
  rows: number,
  maxBin: number,
  beforeColumns: () => void = () => {},
): BinnedTable {
  const features = columns.length
  const rowWords = Math.ceil(features / 4)
  const codes = kernel.uint8(rows * rowWords * 4)
  const coded = columns.map(() => kernel.uint8(rows))
  const binCount = kernel.int32(features)
  const cuts: Float64Array[] = []
  while (cuts.length < features) {
    beforeColumns()
    const first = cuts.length
    const some = columns.slice(first, first + kernel.threads)
    const bounds = kernel.scoped(() => kernel.sortKnown(some).map((values) => findCuts(values, maxBin)))
    kernel.encode(some, bounds, coded.slice(first, first + some.length))
    for (const each of bounds) binCount[cuts.push(each) - 1] = each.length
  }
  kernel.interleave(coded, codes, rowWords * 4)
  return { rows, features, columns: coded, codes, words: wordsOf(codes), rowWords, binCount, cuts }
}

/** The same table with only the `chosen` features, in that order; `codes` and `binCount` have room for so many. */
export function selectColumns(
  kernel: Kernel,
  table: BinnedTable,
  chosen: Int32Array,
  codes: Uint8Array,
  binCount: Int32Array,
): BinnedTable {
  const columns = Array.from(chosen, (f) => table.columns[f]!)
  const rowWords = Math.ceil(chosen.length / 4)
  kernel.interleave(columns, codes, rowWords * 4)
  for (let j = 0; j < chosen.length; j++) binCount[j] = table.binCount[chosen[j]!]!
  const cuts = Array.from(chosen, (f) => table.cuts[f]!)
  return {
    rows: table.rows,
    features: chosen.length,
    columns,
    codes,
    words: wordsOf(codes),
    rowWords,
    binCount,
    cuts,
  }
}

function wordsOf(codes: Uint8Array): Uint32Array {
  return new Uint32Array(codes.buffer, codes.byteOffset, codes.length / 4)
}

/** Upper bounds of the value bins of ascending values, the last one Infinity. */
export function findCuts(values: Float64Array, maxBin: number): Float64Array {
  const n = values.length
  let distinct = n > 0 ? 1 : 0
  for (let i = 1; i < n; i++) if (values[i]! !== values[i - 1]!) distinct++
  if (distinct <= 1) return Float64Array.of(Number.POSITIVE_INFINITY)

  const bins = Math.min(maxBin, distinct)
  const bounds = new Float64Array(bins)
  let made = 0
  let inBin = 0
  let left = n
  let distinctLeft = distinct
  for (let i = 0; i + 1 < n; i++) {
    inBin++
    if (values[i]! === values[i + 1]!) continue
    distinctLeft--
    const binsLeft = bins - made
    if (binsLeft <= 1) break
    // Each bin takes its share of the rows that are left, so a value with many rows does not starve the bins after it.
    if (inBin * binsLeft >= left || distinctLeft < binsLeft) {
      bounds[made++] = midpoint(values[i]!, values[i + 1]!)
      left -= inBin
      inBin = 0
    }
  }
  bounds[made++] = Number.POSITIVE_INFINITY
  return bounds.slice(0, made)
}

/** A number in [low, high), in the middle where doubles allow. */
function midpoint(low: number, high: number): number {
  const middle = low * 0.5 + high * 0.5
  return middle >= low && middle < high ? middle : low
}

export function sortKnown(column: Float64Array): Float64Array {
  return column.filter((x) => !Number.isNaN(x)).sort()
}

export function encodeColumn(column: Float64Array, bounds: Float64Array, codes: Uint8Array): void {
  const last = bounds.length - 1
  for (let r = 0; r < column.length; r++) {
    const x = column[r]!
    if (Number.isNaN(x)) {
      codes[r] = last + 1
      continue
    }
    let low = 0
    let high = last
    while (low < high) {
      const middle = (low + high) >> 1
      if (x <= bounds[middle]!) high = middle
      else low = middle + 1
    }
    codes[r] = low
  }
}

export function interleaveColumns(columns: readonly Uint8Array[], codes: Uint8Array, width: number): void {
  for (let f = 0; f < columns.length; f++) {
    const column = columns[f]!
    for (let r = 0, at = f; r < column.length; r++, at += width) codes[at] = column[r]!
  }
}
