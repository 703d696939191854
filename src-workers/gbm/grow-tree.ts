import type { BinnedTable } from './binned-table.ts'
import type { ForestBuilder } from './forest-builder.ts'
import { gradientOf, histogramSlots, PACK } from './histogram.ts'
import type { CodedNode, Kernel, LeafList, PackedGradients, SearchedNode, SplitLimits } from './kernel.ts'
import { FEW_ROWS } from './kernel-layout.ts'

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

/** A node that may be split, once its split is found. */
interface OpenNode extends SearchedNode {
  id: number
  depth: number
}

interface MadeSplit {
  node: OpenNode
  left: number
  right: number
}

/** Which features a tree, and each of its nodes, may split on. */
export interface FeatureChoice {
  /** Index in the model of each column of the table. */
  original: Int32Array
  /** Columns to try at the next node; they are gone two nodes later. */
  perNode: () => Int32Array
}

export interface TreeGrower {
  /**
   * Grows one tree on rows[0 … n), which it reorders, and adds to the margin of every row of the table, where one is given,
   * the value of its leaf. `gradient`, `hessian` and `margin` are per row of the table. `beforeNode` may throw.
   */
  grow: (
    table: BinnedTable,
    choice: FeatureChoice,
    gradient: Float64Array,
    hessian: Float64Array,
    rows: Int32Array,
    n: number,
    margin: Float64Array | null,
    beforeNode: () => void,
  ) => void
}

/** A grower for trees of up to `rowCount` rows; it keeps histograms and scratch space from tree to tree. */
export function createTreeGrower(
  kernel: Kernel,
  rowCount: number,
  limits: TreeLimits,
  builder: ForestBuilder,
): TreeGrower {
  const quantised: PackedGradients = {
    packed: kernel.float64(rowCount),
    gradientScale: 1,
    hessianScale: 1,
    hessianMin: 0,
    hessianMax: 0,
    total: 0,
  }
  const scratch = kernel.int32(rowCount)
  const free: Float64Array[] = []
  const mostLeaves = Math.max(1, Math.min(rowCount, 2 ** limits.maxDepth, limits.maxLeaves))
  const leaves: LeafList = {
    count: 0,
    bounds: kernel.int32(2 * mostLeaves),
    values: kernel.float64(mostLeaves + 1),
    sums: kernel.float64(2 * (mostLeaves + 1)),
  }
  const leafIds = new Int32Array(mostLeaves)

  const grow: TreeGrower['grow'] = (table, choice, gradient, hessian, rows, n, margin, beforeNode) => {
    kernel.packGradients(gradient, hessian, rows, n, quantised)
    const { packed } = quantised
    const split = splitLimits(limits, quantised)
    const search = kernel.startSearch(table, packed, rows, split)
    const gainUnit = quantised.hessianScale / quantised.gradientScale ** 2
    const slots = histogramSlots(table)
    const open: OpenNode[] = []
    const splits: MadeSplit[] = []
    leaves.count = 0

    const fillHistogram = (start: number, end: number, from: Float64Array | null): Float64Array => {
      const hist = free.pop() ?? kernel.float64(slots)
      kernel.fillHistogram(table, packed, rows, start, end, hist, from)
      return hist
    }
    const fillIfLarge = (start: number, end: number): Float64Array | null =>
      end - start > FEW_ROWS ? fillHistogram(start, end, null) : null
    const addLeaf = (id: number, start: number, end: number): void => {
      leafIds[leaves.count] = id
      leaves.bounds[2 * leaves.count] = start
      leaves.bounds[2 * leaves.count + 1] = end
      leaves.count++
    }
    const canSplit = (size: number, depth: number, total: number): boolean =>
      depth < limits.maxDepth &&
      size >= 2 * limits.minChildSamples &&
      size > 1 &&
      total - gradientOf(total) * PACK >= 2 * split.minHessian
    /** A node to search; a histogram that is not needed is given back. */
    const propose = (
      id: number,
      start: number,
      end: number,
      depth: number,
      total: number,
      hist: Float64Array | null,
    ): OpenNode => {
      const isSmall = end - start <= FEW_ROWS
      if (isSmall && hist !== null) free.push(hist)
      const found = { isFound: false, gain: 0, feature: -1, bin: 0, missingLeft: false, left: 0 }
      const features = choice.perNode()
      return { id, start, end, depth, total, hist: isSmall ? null : hist, features, ...found }
    }
    /** Queues nodes that have a split; the others become leaves. */
    const consider = (nodes: readonly OpenNode[]): void => {
      search(nodes)
      for (const node of nodes) {
        if (node.isFound) open.push(node)
        else settle(node)
      }
    }
    const settle = ({ id, start, end, hist }: OpenNode): void => {
      addLeaf(id, start, end)
      if (hist !== null) free.push(hist)
    }

    const root = builder.addLeaf()
    if (canSplit(n, 0, quantised.total))
      consider([propose(root, 0, n, 0, quantised.total, fillIfLarge(0, n))])
    else addLeaf(root, 0, n)
    let made = 1
    while (open.length > 0) {
      if (made >= limits.maxLeaves) {
        for (const node of open) settle(node)
        break
      }
      beforeNode()
      const node = takeNext(open, limits.maxLeaves < Number.POSITIVE_INFINITY)
      const { start, end, depth, hist, feature, bin, missingLeft } = node
      const middle = kernel.partitionRows(table, rows, start, end, feature, bin, missingLeft, scratch)
      const left = builder.addLeaf()
      const right = builder.addLeaf()
      made++
      splits.push({ node, left, right })
      builder.setSplit(node.id, {
        feature: choice.original[feature]!,
        threshold: table.cuts[feature]![bin]!,
        left,
        right,
        missingLeft,
        gain: node.gain * gainUnit,
      })
      const rightTotal = node.total - node.left
      const leftGoesOn = canSplit(middle - start, depth + 1, node.left)
      const rightGoesOn = canSplit(end - middle, depth + 1, rightTotal)
      const isLeftSmaller = middle - start <= end - middle
      const largest = isLeftSmaller ? end - middle : middle - start
      if (leftGoesOn && rightGoesOn && hist !== null && largest > FEW_ROWS) {
        // The smaller sibling is counted; the larger one is what remains of the parent, in its place.
        const small = isLeftSmaller ? fillHistogram(start, middle, hist) : fillHistogram(middle, end, hist)
        consider([
          propose(left, start, middle, depth + 1, node.left, isLeftSmaller ? small : hist),
          propose(right, middle, end, depth + 1, rightTotal, isLeftSmaller ? hist : small),
        ])
        continue
      }
      if (hist !== null) free.push(hist)
      const onward: OpenNode[] = []
      if (leftGoesOn)
        onward.push(propose(left, start, middle, depth + 1, node.left, fillIfLarge(start, middle)))
      else addLeaf(left, start, middle)
      if (rightGoesOn)
        onward.push(propose(right, middle, end, depth + 1, rightTotal, fillIfLarge(middle, end)))
      else addLeaf(right, middle, end)
      consider(onward)
    }
    const isEveryRow = n === table.rows
    const { lambda, shrinkage } = limits
    const direct = isEveryRow ? margin : null
    kernel.finishLeaves(leaves, gradient, hessian, rows, n, scratch, lambda, shrinkage, direct)
    for (let leaf = 0; leaf < leaves.count; leaf++) builder.setValue(leafIds[leaf]!, leaves.values[leaf]!)
    if (isEveryRow || margin === null) return
    // Rows left out of the tree are reached through it, the others on the same path, so margins have one source.
    const depth = splits.reduce((deepest, { node }) => Math.max(deepest, node.depth + 1), 0)
    kernel.addTreeByCodes(table, codedTree(table, root, splits, leaves, leafIds), depth, margin)
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

/** The nodes of a tree whose ids begin at `root`, as splits on codes. */
function codedTree(
  table: BinnedTable,
  root: number,
  splits: readonly MadeSplit[],
  leaves: LeafList,
  leafIds: Int32Array,
): CodedNode[] {
  const nodes: CodedNode[] = []
  for (const { node, left, right } of splits) {
    const { id, feature, bin, missingLeft } = node
    const missingCode = missingLeft ? table.binCount[feature]! : -1
    nodes[id - root] = { feature, bin, missingCode, left: left - root, right: right - root, value: 0 }
  }
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const at = leafIds[leaf]! - root
    nodes[at] = { feature: 0, bin: 0, missingCode: -1, left: at, right: at, value: leaves.values[leaf]! }
  }
  return nodes
}

/** The node to split next: the last one, or with a limit on leaves the one that gains most (the oldest of equals). */
function takeNext(open: OpenNode[], isBestFirst: boolean): OpenNode {
  if (!isBestFirst) return open.pop()!
  let best = 0
  for (let i = 1; i < open.length; i++) if (open[i]!.gain > open[best]!.gain) best = i
  return open.splice(best, 1)[0]!
}
