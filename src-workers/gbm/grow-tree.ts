import type { BinnedTable } from './bin-columns.ts'
import { createSparseBins, findSplit, findSplitOfFewRows } from './find-split.ts'
import type { ForestBuilder } from './forest-builder.ts'
import {
  accumulateHistogram,
  gradientOf,
  PACK,
  type PackedGradients,
  packGradients,
  subtractHistogram,
} from './histogram.ts'
import { partitionRows } from './partition-rows.ts'
import { createSplitSearch, type SplitLimits, type SplitSearch } from './split-search.ts'

export interface TreeLimits {
  maxDepth: number
  maxLeaves: number
  minChildSamples: number
  minChildWeight: number
  lambda: number
  gamma: number
  /** Factor on every leaf value. */
  shrinkage: number
}

/** Up to so many rows a node is searched without a histogram. */
const FEW_ROWS = 128

/** A node that waits to be split; a node of few rows has no histogram. */
interface OpenNode {
  id: number
  start: number
  end: number
  depth: number
  total: number
  hist: Float64Array | null
  gain: number
  feature: number
  bin: number
  missingLeft: boolean
  left: number
}

/** Which features a tree, and each of its nodes, may split on. */
export interface FeatureChoice {
  /** Index in the model of each column of the table. */
  original: Int32Array
  /** Columns to try at the next node. */
  perNode: () => Int32Array
}

export interface TreeGrower {
  /**
   * Grows one tree on rows[0 … n), which it reorders, and adds each leaf's value to the margin of its rows where one is
   * given. `gradient`, `hessian` and `margin` are per row of the table.
   */
  grow: (
    table: BinnedTable,
    choice: FeatureChoice,
    gradient: Float64Array,
    hessian: Float64Array,
    rows: Int32Array,
    n: number,
    margin: Float64Array | null,
  ) => void
}

/** A grower for trees of up to `rowCount` rows; it keeps histograms and scratch space from tree to tree. */
export function createTreeGrower(rowCount: number, limits: TreeLimits, builder: ForestBuilder): TreeGrower {
  const quantised: PackedGradients = {
    packed: new Float64Array(rowCount),
    gradientScale: 1,
    hessianScale: 1,
    hessianMin: 0,
    hessianMax: 0,
  }
  const sparse = createSparseBins()
  const counts = new Int32Array(257)
  const scratch = new Int32Array(rowCount)
  const free: Float64Array[] = []

  const grow: TreeGrower['grow'] = (table, choice, gradient, hessian, rows, n, margin) => {
    packGradients(gradient, hessian, rows, n, quantised)
    const { packed } = quantised
    const split = splitLimits(limits, quantised)
    const search = createSplitSearch(table, split, rows, counts)
    const gainUnit = quantised.hessianScale / quantised.gradientScale ** 2
    const slots = table.rowWords * 4 * table.stride
    const open: OpenNode[] = []

    const takeHistogram = (): Float64Array => {
      const hist = free.pop()
      return hist !== undefined && hist.length >= slots ? hist : new Float64Array(slots)
    }
    const fillHistogram = (start: number, end: number): Float64Array => {
      const hist = takeHistogram()
      hist.fill(0, 0, slots)
      accumulateHistogram(table.words, table.rowWords, packed, rows, start, end, hist, table.stride)
      return hist
    }
    const finish = (id: number, start: number, end: number): void => {
      let g = 0
      let h = 0
      for (let i = start; i < end; i++) {
        g += gradient[rows[i]!]!
        h += hessian[rows[i]!]!
      }
      const denominator = h + limits.lambda
      const value = denominator > 0 ? (-g / denominator) * limits.shrinkage : 0
      builder.setValue(id, value)
      if (margin !== null) for (let i = start; i < end; i++) margin[rows[i]!]! += value
    }
    const canSplit = (size: number, depth: number, total: number): boolean =>
      depth < limits.maxDepth &&
      size >= 2 * limits.minChildSamples &&
      size > 1 &&
      total - gradientOf(total) * PACK >= 2 * split.minHessian
    /** Queues the node if it has a split, else makes it a leaf. A histogram that is no longer needed is given back. */
    const consider = (
      id: number,
      start: number,
      end: number,
      depth: number,
      total: number,
      hist: Float64Array | null,
    ) => {
      const features = choice.perNode()
      const isSmall = hist === null || end - start <= FEW_ROWS
      const found = isSmall
        ? findSplitOfFewRows(search, start, end, total, packed, sparse, features)
        : findSplit(search, start, end, total, hist, features)
      const isKept = found && !isSmall
      if (hist !== null && !isKept) free.push(hist)
      if (found) open.push(openNode(search, id, depth, isKept ? hist : null))
      else finish(id, start, end)
    }
    const fillIfLarge = (start: number, end: number): Float64Array | null =>
      end - start > FEW_ROWS ? fillHistogram(start, end) : null

    const root = builder.addLeaf()
    let total = 0
    for (let i = 0; i < n; i++) total += packed[rows[i]!]!
    if (!canSplit(n, 0, total)) {
      finish(root, 0, n)
      return
    }
    consider(root, 0, n, 0, total, fillIfLarge(0, n))
    let leaves = 1
    while (open.length > 0) {
      if (leaves >= limits.maxLeaves) {
        for (const node of open) {
          finish(node.id, node.start, node.end)
          if (node.hist !== null) free.push(node.hist)
        }
        break
      }
      const node = takeNext(open, limits.maxLeaves < Number.POSITIVE_INFINITY)
      const { start, end, depth, hist } = node
      const middle = partitionRows(table, rows, start, end, node.feature, node.bin, node.missingLeft, scratch)
      const left = builder.addLeaf()
      const right = builder.addLeaf()
      leaves++
      builder.setSplit(node.id, {
        feature: choice.original[node.feature]!,
        threshold: table.cuts[node.feature]![node.bin]!,
        left,
        right,
        missingLeft: node.missingLeft,
        gain: node.gain * gainUnit,
      })
      const rightTotal = node.total - node.left
      const leftGoesOn = canSplit(middle - start, depth + 1, node.left)
      const rightGoesOn = canSplit(end - middle, depth + 1, rightTotal)
      const isLeftSmaller = middle - start <= end - middle
      const largest = isLeftSmaller ? end - middle : middle - start
      if (leftGoesOn && rightGoesOn && hist !== null && largest > FEW_ROWS) {
        // The smaller sibling is counted; the larger one is what remains of the parent, in its place.
        const small = isLeftSmaller ? fillHistogram(start, middle) : fillHistogram(middle, end)
        subtractHistogram(hist, small, slots)
        consider(left, start, middle, depth + 1, node.left, isLeftSmaller ? small : hist)
        consider(right, middle, end, depth + 1, rightTotal, isLeftSmaller ? hist : small)
        continue
      }
      if (hist !== null) free.push(hist)
      if (leftGoesOn) consider(left, start, middle, depth + 1, node.left, fillIfLarge(start, middle))
      else finish(left, start, middle)
      if (rightGoesOn) consider(right, middle, end, depth + 1, rightTotal, fillIfLarge(middle, end))
      else finish(right, middle, end)
    }
  }
  return { grow }
}

function splitLimits(limits: TreeLimits, q: PackedGradients): SplitLimits {
  const minSamples = Math.max(1, limits.minChildSamples)
  return {
    lambda: limits.lambda * q.hessianScale,
    minGain: (limits.gamma * q.gradientScale ** 2) / q.hessianScale,
    minSamples,
    // At least one unit, so that no side has an empty denominator.
    minHessian: Math.max(1, limits.minChildWeight * q.hessianScale),
    lowHessian: minSamples * q.hessianMin,
    sureHessian: minSamples * q.hessianMax,
  }
}

function openNode(search: SplitSearch, id: number, depth: number, hist: Float64Array | null): OpenNode {
  const { start, end, total, gain, feature, bin, missingLeft, left } = search
  return { id, start, end, depth, total, hist, gain, feature, bin, missingLeft, left }
}

/** The node to split next: the last one, or with a limit on leaves the one that gains most (the oldest of equals). */
function takeNext(open: OpenNode[], isBestFirst: boolean): OpenNode {
  if (!isBestFirst) return open.pop()!
  let best = 0
  for (let i = 1; i < open.length; i++) if (open[i]!.gain > open[best]!.gain) best = i
  return open.splice(best, 1)[0]!
}
