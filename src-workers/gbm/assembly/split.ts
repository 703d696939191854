import {
  FEW_ROWS,
  FOUND_BIN,
  FOUND_FEATURE,
  FOUND_GAIN,
  FOUND_LEFT,
  FOUND_MISSING_LEFT,
  LAMBDA,
  LEAST_HESSIAN,
  MIN_GAIN,
  MIN_SAMPLES,
  SCRATCH,
  SLOTS,
  SURE_HESSIAN,
} from '../kernel-layout'

const PACK: f64 = 67108864
const HESSIAN_BITS: i64 = 0xffffffff

// Scratch of a search, in bytes behind its start.
const COUNTS: usize = SCRATCH << 3
const SUMS: usize = COUNTS + (SLOTS << 2)
const MARKS: usize = SUMS + (SLOTS << 3)
const DENSE_SUMS: usize = MARKS + SLOTS
const DENSE_CODES: usize = DENSE_SUMS + (SLOTS << 3)
const PAIRS: usize = DENSE_CODES + (SLOTS << 2)
const ROWS_AT: usize = PAIRS + (FEW_ROWS << 3)

// The node that is searched. One search runs at a time, so these live outside of the calls.
let codes: usize = 0
let width: u32 = 0
let rows: usize = 0
let start: i32 = 0
let end: i32 = 0
let scratch: usize = 0
let countedFeature: i32 = -1
let bins: i32 = 0
let minSamples: i32 = 0

let lambda: f64 = 0
let gradient: f64 = 0
let hessian: f64 = 0
let both: f64 = 0
let least: f64 = 0
let sure: f64 = 0
/** The least and the most that the left side's hessian may be, as integers. */
let leastUnits: i64 = 0
let mostUnits: i64 = 0

let bestNumerator: f64 = 0
let bestDenominator: f64 = 1
let bestFeature: i32 = -1
let bestBin: i32 = 0
let bestMissingLeft: bool = false
let bestLeft: i64 = 0
let cost: f64 = 0

function read(search: usize, slot: usize): f64 {
  return load<f64>(search + (slot << 3))
}

function write(search: usize, slot: usize, value: f64): void {
  store<f64>(search + (slot << 3), value)
}

function begin(
  search: usize,
  tableCodes: usize,
  tableWidth: u32,
  treeRows: usize,
  nodeStart: i32,
  nodeEnd: i32,
  total: f64,
): void {
  codes = tableCodes
  width = tableWidth
  rows = treeRows
  start = nodeStart
  end = nodeEnd
  scratch = search
  lambda = read(search, LAMBDA)
  sure = read(search, SURE_HESSIAN)
  least = read(search, LEAST_HESSIAN)
  minSamples = <i32>read(search, MIN_SAMPLES)
  gradient = Math.floor(total * (1 / PACK))
  hessian = total - gradient * PACK
  both = hessian + 2 * lambda
  leastUnits = <i64>Math.ceil(least)
  mostUnits = <i64>Math.floor(hessian - least)
  const parent = (gradient * gradient) / (hessian + lambda)
  cost = parent - (gradient * gradient) / both
  bestNumerator = (cost + read(search, MIN_GAIN) + 1e-10 * parent) * both
  bestDenominator = 1
  bestFeature = -1
  countedFeature = -1
}

function finish(search: usize, isMissingSeen: bool): bool {
  if (bestFeature < 0) return false
  const g = <f64>(bestLeft >> 32)
  const h = <f64>(bestLeft & HESSIAN_BITS)
  write(search, FOUND_GAIN, bestNumerator / bestDenominator / both - cost)
  write(search, FOUND_LEFT, g * PACK + h)
  write(search, FOUND_FEATURE, <f64>bestFeature)
  write(search, FOUND_BIN, <f64>bestBin)
  const isLeft = isMissingSeen ? bestMissingLeft : 2 * h >= hessian
  write(search, FOUND_MISSING_LEFT, isLeft ? 1 : 0)
  return true
}

/** Best split of rows[start … end) by their histogram. */
export function findSplit(
  search: usize,
  tableCodes: usize,
  tableWidth: u32,
  binCount: usize,
  treeRows: usize,
  nodeStart: i32,
  nodeEnd: i32,
  total: f64,
  hist: usize,
  features: usize,
  featureCount: i32,
): bool {
  begin(search, tableCodes, tableWidth, treeRows, nodeStart, nodeEnd, total)
  let isMissingSeen = false
  for (let j = 0; j < featureCount; j++) {
    const f = load<i32>(features + (j << 2))
    bins = load<i32>(binCount + (f << 2))
    const sums = hist + f * (SLOTS << 3)
    const missing = load<i64>(sums + (bins << 3))
    const before = bestNumerator
    scan(f, sums, missing === 0 ? bins - 1 : bins, 0, 0, false)
    if (missing !== 0) scan(f, sums, bins - 1, 0, missing, true)
    if (bestNumerator !== before) isMissingSeen = missing !== 0
  }
  return finish(search, isMissingSeen)
}

/** The same for a node of few rows, where most bins are empty: only occupied ones are visited, and no histogram is needed. */
export function findSplitOfFewRows(
  search: usize,
  tableCodes: usize,
  tableWidth: u32,
  binCount: usize,
  treeRows: usize,
  nodeStart: i32,
  nodeEnd: i32,
  total: f64,
  packed: usize,
  features: usize,
  featureCount: i32,
): bool {
  begin(search, tableCodes, tableWidth, treeRows, nodeStart, nodeEnd, total)
  const n = nodeEnd - nodeStart
  const pairs = search + PAIRS
  const rowsAt = search + ROWS_AT
  for (let i = 0; i < n; i++) {
    const r = load<u32>(rows + ((nodeStart + i) << 2))
    store<i64>(pairs + (i << 3), load<i64>(packed + (r << 3)))
    store<u32>(rowsAt + (i << 2), <u32>codes + r * width)
  }
  const sums = search + SUMS
  const denseSums = search + DENSE_SUMS
  let isMissingSeen = false
  for (let j = 0; j < featureCount; j++) {
    const f = load<i32>(features + (j << 2))
    bins = load<i32>(binCount + (f << 2))
    fillBins(search, f, n)
    const missing = load<i64>(sums + (bins << 3))
    const count = drainBins(search)
    const before = bestNumerator
    const denseCodes = search + DENSE_CODES
    // Behind the last occupied bin nothing is left for the right side but missing values.
    scan(f, denseSums, missing === 0 ? count - 1 : count, denseCodes, 0, false)
    if (missing !== 0) scan(f, denseSums, count - 1, denseCodes, missing, true)
    if (bestNumerator !== before) isMissingSeen = missing !== 0
  }
  return finish(search, isMissingSeen)
}

/** Sums per bin, and a mark for each bin that holds a row. */
function fillBins(search: usize, feature: i32, n: i32): void {
  const sums = search + SUMS
  const marks = search + MARKS
  const pairs = search + PAIRS
  const rowsAt = search + ROWS_AT
  for (let i = 0; i < n; i++) {
    const code = <usize>load<u8>(<usize>load<u32>(rowsAt + (i << 2)) + feature)
    const at = sums + (code << 3)
    store<i64>(at, load<i64>(at) + load<i64>(pairs + (i << 3)))
    store<u8>(marks + code, 1)
  }
}

/** Moves the occupied value bins in order to the dense arrays, leaves all bins empty, and returns how many there were. */
function drainBins(search: usize): i32 {
  const sums = search + SUMS
  const marks = search + MARKS
  const denseSums = search + DENSE_SUMS
  const denseCodes = search + DENSE_CODES
  let count = 0
  for (let first = 0; first <= bins; first += 8) {
    let marked = load<u64>(marks + first)
    if (marked === 0) continue
    store<u64>(marks + first, 0)
    do {
      const code = first + (<i32>ctz(marked) >> 3)
      marked &= marked - 1
      store<i64>(denseSums + (count << 3), load<i64>(sums + (code << 3)))
      store<i32>(denseCodes + (count << 2), code)
      store<i64>(sums + (code << 3), 0)
      count++
    } while (marked !== 0)
  }
  return count > 0 && load<i32>(denseCodes + ((count - 1) << 2)) === bins ? count - 1 : count
}

/**
 * Tries the cuts behind each of `count` bins, whose packed sums begin at `sums` and whose codes at `denseCodes` (0: they are
 * 0, 1, 2 …), with `first` already on the left. Two cuts at a time, and closer only where one of them is better.
 */
function scan(feature: i32, sums: usize, count: i32, denseCodes: usize, first: i64, missingLeft: bool): void {
  let sum = first
  let k = 0
  // Up to here the left side is too light.
  for (; k < count; k++) {
    const next = sum + load<i64>(sums + (k << 3))
    if ((next & HESSIAN_BITS) >= leastUnits) break
    sum = next
  }
  const allLambda = f64x2.splat(lambda)
  const allBoth = f64x2.splat(both)
  const allGradient = f64x2.splat(gradient)
  const most = f64x2.splat(<f64>mostUnits)
  let numeratorToBeat = f64x2.splat(bestNumerator)
  let denominatorToBeat = f64x2.splat(bestDenominator)
  let carry = i64x2.splat(sum)
  for (; k + 2 <= count; k += 2) {
    const pair = v128.load(sums + (k << 3))
    const prefix = i64x2.add(i64x2.add(pair, carry), v128.shuffle<i64>(i64x2.splat(0), pair, 0, 2))
    const g = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(prefix, prefix, 1, 3, 1, 3))
    const h = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(prefix, prefix, 0, 2, 0, 2))
    const left = f64x2.add(h, allLambda)
    const lead = f64x2.sub(f64x2.mul(g, allBoth), f64x2.mul(allGradient, left))
    const numerator = f64x2.mul(lead, lead)
    const denominator = f64x2.mul(left, f64x2.sub(allBoth, left))
    const isBetter = f64x2.gt(
      f64x2.mul(numerator, denominatorToBeat),
      f64x2.mul(numeratorToBeat, denominator),
    )
    if (v128.any_true(v128.or(isBetter, f64x2.gt(h, most)))) {
      const one = i64x2.extract_lane(prefix, 0)
      const two = i64x2.extract_lane(prefix, 1)
      if ((one & HESSIAN_BITS) > mostUnits) return
      tryCut(feature, one, k, denseCodes, missingLeft)
      if ((two & HESSIAN_BITS) > mostUnits) return
      tryCut(feature, two, k + 1, denseCodes, missingLeft)
      numeratorToBeat = f64x2.splat(bestNumerator)
      denominatorToBeat = f64x2.splat(bestDenominator)
    }
    carry = v128.shuffle<i64>(prefix, prefix, 1, 1)
  }
  sum = i64x2.extract_lane(carry, 0)
  for (; k < count; k++) {
    sum += load<i64>(sums + (k << 3))
    if ((sum & HESSIAN_BITS) > mostUnits) return
    tryCut(feature, sum, k, denseCodes, missingLeft)
  }
}

function tryCut(feature: i32, sum: i64, k: i32, denseCodes: usize, missingLeft: bool): void {
  const g = <f64>(sum >> 32)
  const h = <f64>(sum & HESSIAN_BITS)
  const left = h + lambda
  // GL²/a + GR²/b = (GL·(a+b) − G·a)² / (a·b·(a+b)) + G²/(a+b), of which only square and a·b depend on the cut.
  const lead = g * both - gradient * left
  const numerator = lead * lead
  const denominator = left * (both - left)
  if (!(numerator * bestDenominator > bestNumerator * denominator)) return
  const bin = denseCodes === 0 ? k : load<i32>(denseCodes + (k << 2))
  const isSure = h >= sure && hessian - h >= sure
  if (!isSure && !hasEnoughRows(feature, bin, missingLeft)) return
  bestNumerator = numerator
  bestDenominator = denominator
  bestFeature = feature
  bestBin = bin
  bestMissingLeft = missingLeft
  bestLeft = sum
}

/** Whether both sides of the cut hold enough rows; rows are counted once per node and feature, and only when needed. */
function hasEnoughRows(feature: i32, bin: i32, missingLeft: bool): bool {
  const counts = scratch + COUNTS
  if (countedFeature !== feature) {
    memory.fill(counts, 0, (bins + 1) << 2)
    for (let i = start; i < end; i++) {
      const r = load<u32>(rows + (i << 2))
      const at = counts + ((<usize>load<u8>(codes + r * width + feature)) << 2)
      store<i32>(at, load<i32>(at) + 1)
    }
    for (let b = 1; b < bins; b++) {
      const at = counts + (b << 2)
      store<i32>(at, load<i32>(at) + load<i32>(at - 4))
    }
    countedFeature = feature
  }
  let left = load<i32>(counts + (bin << 2))
  if (missingLeft) left += load<i32>(counts + (bins << 2))
  return left >= minSamples && end - start - left >= minSamples
}
