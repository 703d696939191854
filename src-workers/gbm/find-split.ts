import type { BinnedTable } from './bin-columns.ts'
import { gradientOf, PACK } from './histogram.ts'

const UNPACK = 1 / PACK

/** Limits of a split in quantised units. */
export interface SplitLimits {
  lambda: number
  /** Gains at or below this are no gain. */
  minGain: number
  minSamples: number
  minHessian: number
  /** Quantised hessian of `minSamples` rows at least and at most: between the two a side's rows must be counted. */
  lowHessian: number
  sureHessian: number
}

/** The best split found so far; `gain` is without the parent's share until `findSplit` returns. */
export interface SplitSearch {
  gain: number
  feature: number
  bin: number
  missingLeft: boolean
  /** Packed sum of the left side. */
  left: number
  /** Rows with a code up to each bin in the feature last counted, valid while `countedFeature` matches. */
  counts: Int32Array
  countedFeature: number
}

export function createSplitSearch(): SplitSearch {
  return {
    gain: 0,
    feature: -1,
    bin: 0,
    missingLeft: false,
    left: 0,
    counts: new Int32Array(257),
    countedFeature: -1,
  }
}

/**
 * Best split of rows[start … end) whose histogram is `hist` and packed sum `total`. Gain is
 * GL²/(HL+λ) + GR²/(HR+λ) − G²/(H+λ) in quantised units (Chen & Guestrin 2016, without the ½). Ties go to the first feature
 * of `features`, then to the lowest bin. Returns whether there is one.
 */
export function findSplit(
  search: SplitSearch,
  table: BinnedTable,
  hist: Float64Array,
  total: number,
  rows: Int32Array,
  start: number,
  end: number,
  features: Int32Array,
  limits: SplitLimits,
): boolean {
  const gradient = gradientOf(total)
  const hessian = total - gradient * PACK
  const parent = (gradient * gradient) / (hessian + limits.lambda)
  const floor = parent + limits.minGain + 1e-10 * parent
  search.gain = floor
  search.feature = -1
  search.countedFeature = -1
  for (let j = 0; j < features.length; j++) {
    const f = features[j]!
    const bins = table.binCount[f]!
    const offset = f * table.stride
    const missing = hist[offset + bins]!
    if (missing !== 0) {
      // Missing on the right first: a cut behind the last bin then parts known values from missing ones.
      scanBins(search, table, hist, offset, bins, 0, total, rows, start, end, f, false, limits)
      scanBins(search, table, hist, offset, bins - 1, missing, total, rows, start, end, f, true, limits)
    } else if (bins > 1) {
      scanBins(search, table, hist, offset, bins - 1, 0, total, rows, start, end, f, false, limits)
    }
  }
  if (search.feature < 0) return false
  const f = search.feature
  if (hist[f * table.stride + table.binCount[f]!] === 0) {
    // Nothing missing here: a row that lacks the value later follows the larger side.
    search.missingLeft = 2 * (search.left - gradientOf(search.left) * PACK) >= hessian
  }
  search.gain -= parent
  return true
}

function scanBins(
  search: SplitSearch,
  table: BinnedTable,
  hist: Float64Array,
  offset: number,
  bins: number,
  first: number,
  total: number,
  rows: Int32Array,
  start: number,
  end: number,
  feature: number,
  missingLeft: boolean,
  limits: SplitLimits,
): void {
  const { lambda, minHessian, lowHessian, sureHessian } = limits
  const least = minHessian > lowHessian ? minHessian : lowHessian
  const gradient = Math.floor(total * UNPACK)
  const hessian = total - gradient * PACK
  const most = hessian - least
  let best = search.gain
  let sum = first
  for (let b = 0; b < bins; b++) {
    // An empty bin repeats the cut before it and gains nothing over it; testing for one would cost a mispredicted branch.
    sum += hist[offset + b]!
    const gl = Math.floor(sum * UNPACK)
    const hl = sum - gl * PACK
    if (hl < least) continue
    if (hl > most) break
    const gr = gradient - gl
    const left = hl + lambda
    const right = hessian - hl + lambda
    const numerator = gl * gl * right + gr * gr * left
    const denominator = left * right
    if (numerator <= best * denominator) continue
    const isSure = hl >= sureHessian && hessian - hl >= sureHessian
    if (
      !isSure &&
      !hasEnoughRows(search, table, rows, start, end, feature, b, missingLeft, limits.minSamples)
    )
      continue
    best = numerator / denominator
    search.gain = best
    search.feature = feature
    search.bin = b
    search.missingLeft = missingLeft
    search.left = sum
  }
}

/** Whether both sides of the cut hold `minSamples` rows; rows are counted once per node and feature, and only when needed. */
function hasEnoughRows(
  search: SplitSearch,
  table: BinnedTable,
  rows: Int32Array,
  start: number,
  end: number,
  feature: number,
  bin: number,
  missingLeft: boolean,
  minSamples: number,
): boolean {
  const { counts } = search
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
