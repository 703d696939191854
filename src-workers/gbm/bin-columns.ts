/** Columns as codes of their bins, row-major, four codes a word, so that one row's histogram update reads few words. */
export interface BinnedTable {
  rows: number
  features: number
  /** `rows` × `rowWords` × 4 codes; the padding behind the last feature is code 0. */
  codes: Uint8Array
  words: Uint32Array
  rowWords: number
  /** Value bins per feature; the code that equals the count means missing. */
  binCount: Int32Array
  /** Upper bound of each value bin: x ≤ cuts[f][b] exactly when its code is ≤ b. The last bound is Infinity. */
  cuts: Float64Array[]
  /** Histogram slots per feature. */
  stride: number
}

/**
 * Quantile bins of each column, at most `maxBin` (≤ 255) of them and one for NaN. Bounds are midpoints between neighbouring
 * distinct values; a column with no more distinct values than bins gets one bin for each.
 */
export function binColumns(columns: readonly Float64Array[], rows: number, maxBin: number): BinnedTable {
  const features = columns.length
  const rowWords = Math.ceil(features / 4)
  const codes = new Uint8Array(rows * rowWords * 4)
  const binCount = new Int32Array(features)
  const cuts: Float64Array[] = []
  let largest = 1
  for (let f = 0; f < features; f++) {
    const bounds = findCuts(columns[f]!, rows, maxBin)
    cuts.push(bounds)
    binCount[f] = bounds.length
    largest = Math.max(largest, bounds.length)
    encodeColumn(columns[f]!, rows, bounds, codes, f, rowWords * 4)
  }
  // A stride that is no power of two keeps equal bins of neighbouring features out of the same cache set.
  const stride = ((largest + 8) & ~7) + 8
  return { rows, features, codes, words: new Uint32Array(codes.buffer), rowWords, binCount, cuts, stride }
}

/** The same table with only the `chosen` features, in that order; `into` is reused when it is large enough. */
export function selectColumns(table: BinnedTable, chosen: Int32Array, into: Uint8Array): BinnedTable {
  const rowWords = Math.ceil(chosen.length / 4)
  const width = rowWords * 4
  const from = table.rowWords * 4
  for (let r = 0; r < table.rows; r++) {
    const source = r * from
    const target = r * width
    for (let j = 0; j < chosen.length; j++) into[target + j] = table.codes[source + chosen[j]!]!
  }
  const words = new Uint32Array(into.buffer, 0, table.rows * rowWords)
  const binCount = Int32Array.from(chosen, (f) => table.binCount[f]!)
  const cuts = Array.from(chosen, (f) => table.cuts[f]!)
  return { ...table, features: chosen.length, codes: into, words, rowWords, binCount, cuts }
}

/** Upper bounds of the value bins of a column, ascending, the last one Infinity. */
export function findCuts(column: Float64Array, rows: number, maxBin: number): Float64Array {
  const sorted = new Float64Array(rows)
  let n = 0
  for (let i = 0; i < rows; i++) {
    const x = column[i]!
    if (!Number.isNaN(x)) sorted[n++] = x
  }
  const values = sorted.subarray(0, n).sort()
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

function encodeColumn(
  column: Float64Array,
  rows: number,
  bounds: Float64Array,
  codes: Uint8Array,
  feature: number,
  width: number,
): void {
  const last = bounds.length - 1
  for (let r = 0, at = feature; r < rows; r++, at += width) {
    const x = column[r]!
    if (Number.isNaN(x)) {
      codes[at] = last + 1
      continue
    }
    let low = 0
    let high = last
    while (low < high) {
      const middle = (low + high) >> 1
      if (x <= bounds[middle]!) high = middle
      else low = middle + 1
    }
    codes[at] = low
  }
}
