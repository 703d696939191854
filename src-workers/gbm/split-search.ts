import type { BinnedTable } from './binned-table.ts'
import { gradientOf, PACK } from './histogram.ts'
import type { SplitLimits } from './kernel.ts'

const UNPACK = 1 / PACK

/** The node that is searched, and the best split found in it so far. */
export interface SplitSearch {
  table: BinnedTable
  limits: SplitLimits
  rows: Int32Array
  start: number
  end: number
  /** Packed sum of the node. */
  total: number
  gain: number
  /** Best score so far as a fraction, so that equal cuts compare as equal to the bit. */
  numerator: number
  denominator: number
  /** What is taken off every gain, whatever the cut. */
  cost: number
  feature: number
  bin: number
  missingLeft: boolean
  /** Packed sum of the left side. */
  left: number
  /** Rows with a code up to each bin in the feature last counted. */
  counts: Int32Array
  countedFeature: number
}

/** A search over nodes of one tree, whose rows are parts of `rows`; `counts` is scratch of 257 slots. */
export function createSplitSearch(
  table: BinnedTable,
  limits: SplitLimits,
  rows: Int32Array,
  counts: Int32Array,
): SplitSearch {
  const node = { start: 0, end: 0, total: 0 }
  const best = {
    gain: 0,
    numerator: 0,
    denominator: 1,
    cost: 0,
    feature: -1,
    bin: 0,
    missingLeft: false,
    left: 0,
  }
  return { table, limits, rows, ...node, ...best, counts, countedFeature: -1 }
}

export function beginSearch(search: SplitSearch, start: number, end: number, total: number): void {
  search.start = start
  search.end = end
  search.total = total
  const { lambda, minGain } = search.limits
  const gradient = gradientOf(total)
  const hessian = total - gradient * PACK
  const parent = (gradient * gradient) / (hessian + lambda)
  const both = hessian + 2 * lambda
  // What splitting costs whatever the cut: the parent's score against that of a child with both penalties. A little more than
  // the least gain, beyond any rounding of that cost, so that an empty gain never passes for one.
  search.cost = parent - (gradient * gradient) / both
  search.numerator = (search.cost + minGain + 1e-10 * parent) * both
  search.denominator = 1
  search.feature = -1
  search.countedFeature = -1
}

/** Whether a split was found; then `gain` is GL²/(HL+λ) + GR²/(HR+λ) − G²/(H+λ). */
export function endSearch(search: SplitSearch): boolean {
  if (search.feature < 0) return false
  const hessian = search.total - gradientOf(search.total) * PACK
  search.gain = search.numerator / search.denominator / (hessian + 2 * search.limits.lambda) - search.cost
  return true
}

/**
 * Tries the cuts behind each of `count` bins from `offset` on, whose packed sums are `sums` and whose codes are `codes`
 * (null: 0, 1, 2 …), with `first` already on the left.
 */
export function scanBins(
  search: SplitSearch,
  feature: number,
  sums: Float64Array,
  offset: number,
  count: number,
  codes: Int32Array | null,
  first: number,
  missingLeft: boolean,
): void {
  const { lambda, minHessian, lowHessian, sureHessian } = search.limits
  const least = minHessian > lowHessian ? minHessian : lowHessian
  const gradient = Math.floor(search.total * UNPACK)
  const hessian = search.total - gradient * PACK
  const most = hessian - least
  const both = hessian + 2 * lambda
  let bestNumerator = search.numerator
  let bestDenominator = search.denominator
  let sum = first
  for (let k = 0; k < count; k++) {
    // An empty bin repeats the cut before it and gains nothing over it; testing for one would cost a mispredicted branch.
    sum += sums[offset + k]!
    const gl = Math.floor(sum * UNPACK)
    const hl = sum - gl * PACK
    if (hl < least) continue
    if (hl > most) break
    const left = hl + lambda
    // GL²/a + GR²/b = (GL·(a+b) − G·a)² / (a·b·(a+b)) + G²/(a+b), of which only square and a·b depend on the cut.
    const lead = gl * both - gradient * left
    const numerator = lead * lead
    const denominator = left * (both - left)
    if (numerator * bestDenominator <= bestNumerator * denominator) continue
    const bin = codes === null ? k : codes[k]!
    const isSure = hl >= sureHessian && hessian - hl >= sureHessian
    if (!isSure && !hasEnoughRows(search, feature, bin, missingLeft)) continue
    bestNumerator = numerator
    bestDenominator = denominator
    search.numerator = numerator
    search.denominator = denominator
    search.feature = feature
    search.bin = bin
    search.missingLeft = missingLeft
    search.left = sum
  }
}

/** Whether both sides of the cut hold `minSamples` rows; rows are counted once per node and feature, and only when needed. */
function hasEnoughRows(search: SplitSearch, feature: number, bin: number, missingLeft: boolean): boolean {
  const { counts, table, rows, start, end } = search
  const { minSamples } = search.limits
  const bins = table.binCount[feature]!
  if (search.countedFeature !== feature) {
    counts.fill(0, 0, bins + 1)
    const width = table.rowWords * 4
    for (let i = start; i < end; i++) counts[table.codes[rows[i]! * width + feature]!]!++
    for (let b = 1; b < bins; b++) counts[b]! += counts[b - 1]!
    search.countedFeature = feature
  }
  const left = counts[bin]! + (missingLeft ? counts[bins]! : 0)
  return left >= minSamples && end - start - left >= minSamples
}
