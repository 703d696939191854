import { gradientOf, PACK } from './histogram.ts'
import { SLOTS } from './kernel-layout.ts'
import { beginSearch, endSearch, type SplitSearch, scanBins } from './split-search.ts'

// Gain is that of Chen & Guestrin (2016) without the ½. Ties go to the first feature, then to missing values on the right,
// then to the lowest bin. Both searches see the same sums and find the same split.

/** Best split of rows[start … end) by their histogram. Returns whether there is one. */
export function findSplit(
  search: SplitSearch,
  start: number,
  end: number,
  total: number,
  hist: Float64Array,
  features: Int32Array,
): boolean {
  beginSearch(search, start, end, total)
  const { binCount } = search.table
  let isMissingSeen = false
  for (let j = 0; j < features.length; j++) {
    const f = features[j]!
    const bins = binCount[f]!
    const offset = f * SLOTS
    const missing = hist[offset + bins]!
    const before = search.numerator
    scanBins(search, f, hist, offset, missing === 0 ? bins - 1 : bins, null, 0, false)
    if (missing !== 0) scanBins(search, f, hist, offset, bins - 1, null, missing, true)
    if (search.numerator !== before) isMissingSeen = missing !== 0
  }
  return finishSearch(search, isMissingSeen)
}

/** Room for the bins of one feature in one small node. */
export interface SparseBins {
  sums: Float64Array
  occupied: Int32Array
  packedSums: Float64Array
  codes: Int32Array
}

export function createSparseBins(): SparseBins {
  return {
    sums: new Float64Array(256),
    occupied: new Int32Array(8),
    packedSums: new Float64Array(256),
    codes: new Int32Array(256),
  }
}

/** The same for a node of few rows, where most bins are empty: only occupied ones are visited, and no histogram is needed. */
export function findSplitOfFewRows(
  search: SplitSearch,
  start: number,
  end: number,
  total: number,
  packed: Float64Array,
  sparse: SparseBins,
  features: Int32Array,
): boolean {
  beginSearch(search, start, end, total)
  const { binCount, codes, rowWords } = search.table
  const { sums } = sparse
  let isMissingSeen = false
  for (let j = 0; j < features.length; j++) {
    const f = features[j]!
    const bins = binCount[f]!
    fillSparse(sparse, codes, rowWords * 4, f, packed, search.rows, start, end)
    const missing = sums[bins]!
    const count = drainSparse(sparse, bins)
    const before = search.numerator
    // Behind the last occupied bin nothing is left for the right side but missing values.
    const cuts = missing === 0 ? count - 1 : count
    scanBins(search, f, sparse.packedSums, 0, cuts, sparse.codes, 0, false)
    if (missing !== 0) scanBins(search, f, sparse.packedSums, 0, count - 1, sparse.codes, missing, true)
    if (search.numerator !== before) isMissingSeen = missing !== 0
  }
  return finishSearch(search, isMissingSeen)
}

/** Sums per bin, and one bit for each bin that holds a row. */
function fillSparse(
  sparse: SparseBins,
  codes: Uint8Array,
  width: number,
  feature: number,
  packed: Float64Array,
  rows: Int32Array,
  start: number,
  end: number,
): void {
  const { sums, occupied } = sparse
  for (let i = start; i < end; i++) {
    const r = rows[i]!
    const code = codes[r * width + feature]!
    sums[code]! += packed[r]!
    occupied[code >> 5]! |= 1 << (code & 31)
  }
}

/** Moves the occupied bins in order to `codes` and `packedSums`, leaves all bins empty, and returns how many held values. */
function drainSparse(sparse: SparseBins, bins: number): number {
  const { sums, occupied, packedSums, codes } = sparse
  let count = 0
  for (let w = 0; w < 8; w++) {
    let bits = occupied[w]!
    occupied[w] = 0
    while (bits !== 0) {
      const lowest = bits & -bits
      const code = (w << 5) + 31 - Math.clz32(lowest)
      bits ^= lowest
      codes[count] = code
      packedSums[count] = sums[code]!
      sums[code] = 0
      count++
    }
  }
  return count > 0 && codes[count - 1] === bins ? count - 1 : count
}

/** A value that nothing was missing from at the split follows, when it is missing later, the larger side. */
function finishSearch(search: SplitSearch, isMissingSeen: boolean): boolean {
  if (!endSearch(search)) return false
  if (!isMissingSeen) {
    const hessian = search.total - gradientOf(search.total) * PACK
    search.missingLeft = 2 * (search.left - gradientOf(search.left) * PACK) >= hessian
  }
  return true
}
