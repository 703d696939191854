import type { BinnedTable } from './binned-table.ts'
import type { TreeNodes } from './forest-builder.ts'
import type { CodedNode } from './kernel.ts'

/** Adds to `margin` the value of the leaf that each row falls into, in the tree whose root is `root`. */
export function addTree(
  nodes: TreeNodes,
  root: number,
  columns: readonly Float64Array[],
  margin: Float64Array,
  at = 0,
  step = 1,
): void {
  const { feature, threshold, left, right, missingLeft, value } = nodes
  for (let r = 0, out = at; out < margin.length; r++, out += step) {
    let node = root
    let f = feature[node]!
    while (f >= 0) {
      const x = columns[f]![r]!
      const goesLeft = x <= threshold[node]! || (missingLeft[node]! === 1 && Number.isNaN(x))
      node = goesLeft ? left[node]! : right[node]!
      f = feature[node]!
    }
    margin[out]! += value[node]!
  }
}

export function addTreeByCodes(
  { codes, rowWords, rows }: BinnedTable,
  nodes: readonly CodedNode[],
  depth: number,
  margin: Float64Array,
): void {
  for (let r = 0; r < rows; r++) {
    const row = r * rowWords * 4
    let node = nodes[0]!
    for (let d = 0; d < depth; d++) {
      const code = codes[row + node.feature]!
      node = nodes[code <= node.bin || code === node.missingCode ? node.left : node.right]!
    }
    margin[r]! += node.value
  }
}
