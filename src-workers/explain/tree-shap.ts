import type { Forest } from '#shared/jobs/scoring-types.ts'
import {
  copyPath,
  createFeaturePath,
  extendPath,
  type FeaturePath,
  unwindPath,
  unwoundSum,
} from './feature-path.ts'

/** Contributions of features to margins: base and a row's contributions add up to its margin. */
export interface Contributions {
  /** Expected margin per output. */
  base: Float64Array
  /** rows × outputs × features. */
  values: Float64Array
}

/**
 * Exact Shapley values of a forest's margins, path-dependent (Lundberg et al. 2018, 2020): an unknown feature follows both
 * branches, weighed by the training rows that went each way. O(leaves · depth²) a row and tree.
 * @param cover weight of the training rows at each node
 * @param columns scaled features, NaN for missing, which goes where the split sends it
 */
export function treeShap(
  forest: Forest,
  cover: Float64Array,
  columns: readonly Float64Array[],
  rows: number,
): Contributions {
  const { outputs, treeOutput, treeStart } = forest
  const features = columns.length
  const values = new Float64Array(rows * outputs * features)
  const base = Float64Array.from(forest.baseScore)
  let depth = 0
  for (let t = 0; t < treeOutput.length; t++) {
    const root = treeStart[t]!
    base[treeOutput[t]!]! += expectedValue(forest, cover, root)
    depth = Math.max(depth, depthOf(forest, root))
  }
  const walk = { forest, cover, columns, values, path: createFeaturePath(depth), row: 0, at: 0 }
  for (let r = 0; r < rows; r++) {
    walk.row = r
    for (let t = 0; t < treeOutput.length; t++) {
      walk.at = (r * outputs + treeOutput[t]!) * features
      descend(walk, treeStart[t]!, 0, 0, 0, 1, 1, -1)
    }
  }
  return { base, values }
}

interface Walk {
  forest: Forest
  cover: Float64Array
  columns: readonly Float64Array[]
  values: Float64Array
  path: FeaturePath
  row: number
  /** Where the contributions of this row and output begin. */
  at: number
}

/** `from` is where the parent's path of `length` entries begins; this node's is written behind it. */
function descend(
  walk: Walk,
  node: number,
  parentAt: number,
  from: number,
  length: number,
  zero: number,
  one: number,
  feature: number,
): void {
  const { forest, cover, columns, values, path } = walk
  copyPath(path, parentAt, from, length)
  extendPath(path, from, length, feature, zero, one)
  let entries = length + 1
  const f = forest.feature[node]!
  if (f < 0) {
    const value = forest.value[node]!
    for (let k = 1; k < entries; k++) {
      const share = unwoundSum(path, from, entries, k) * (path.one[from + k]! - path.zero[from + k]!)
      values[walk.at + path.feature[from + k]!]! += share * value
    }
    return
  }
  const x = columns[f]![walk.row]!
  const goesLeft = x <= forest.threshold[node]! || (forest.missingLeft[node]! === 1 && Number.isNaN(x))
  const hot = goesLeft ? forest.left[node]! : forest.right[node]!
  const cold = goesLeft ? forest.right[node]! : forest.left[node]!
  let ownZero = 1
  let ownOne = 1
  for (let k = 1; k < entries; k++) {
    if (path.feature[from + k]! !== f) continue
    ownZero = path.zero[from + k]!
    ownOne = path.one[from + k]!
    unwindPath(path, from, entries, k)
    entries--
    break
  }
  const behind = from + entries
  const hotShare = shareOf(cover, hot, node)
  const hotZero = ownZero * hotShare
  const coldZero = ownZero * (1 - hotShare)
  // A way that neither the row nor any training row takes has no weight in any subset.
  if (hotZero > 0 || ownOne > 0) descend(walk, hot, from, behind, entries, hotZero, ownOne, f)
  if (coldZero > 0) descend(walk, cold, from, behind, entries, coldZero, 0, f)
}

/** Share of a node's rows that went to a child; half where no row came by. */
function shareOf(cover: Float64Array, child: number, node: number): number {
  return cover[node]! > 0 ? cover[child]! / cover[node]! : 0.5
}

function expectedValue(forest: Forest, cover: Float64Array, node: number): number {
  if (forest.feature[node]! < 0) return forest.value[node]!
  const left = forest.left[node]!
  const share = shareOf(cover, left, node)
  return (
    share * expectedValue(forest, cover, left) +
    (1 - share) * expectedValue(forest, cover, forest.right[node]!)
  )
}

function depthOf(forest: Forest, node: number): number {
  if (forest.feature[node]! < 0) return 0
  return 1 + Math.max(depthOf(forest, forest.left[node]!), depthOf(forest, forest.right[node]!))
}
