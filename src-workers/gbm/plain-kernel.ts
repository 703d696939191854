import { encodeColumn, interleaveColumns, sortKnown } from './bin-columns.ts'
import { createSparseBins, findSplit, findSplitOfFewRows } from './find-split.ts'
import { logisticGradients } from './gradients.ts'
import { accumulateHistogram, packGradients, subtractHistogram } from './histogram.ts'
import type { Kernel } from './kernel.ts'
import { finishLeaves } from './leaves.ts'
import { partitionRows } from './partition-rows.ts'
import { createSplitSearch } from './split-search.ts'
import { addTree, addTreeByCodes } from './walk-tree.ts'

/** The reference: every loop as it reads in this room. */
export function createPlainKernel(): Kernel {
  const sparse = createSparseBins()
  const counts = new Int32Array(257)
  return {
    float64: (length) => new Float64Array(length),
    int32: (length) => new Int32Array(length),
    uint8: (length) => new Uint8Array(length),
    int8: (length) => new Int8Array(length),
    scoped: (use) => use(),
    threads: 1,
    setThreads: () => {},
    close: () => {},
    sortKnown: (columns) => columns.map(sortKnown),
    encode: (columns, bounds, codes) => {
      for (let f = 0; f < columns.length; f++) encodeColumn(columns[f]!, bounds[f]!, codes[f]!)
    },
    interleave: interleaveColumns,
    logisticGradients,
    packGradients,
    fillHistogram: (table, packed, rows, start, end, hist, from) => {
      hist.fill(0)
      accumulateHistogram(table, packed, rows, start, end, hist)
      if (from !== null) subtractHistogram(from, hist)
    },
    startSearch: (table, packed, rows, limits) => {
      const search = createSplitSearch(table, limits, rows, counts)
      return (nodes) => {
        for (const node of nodes) {
          const { start, end, total, hist, features } = node
          node.isFound =
            hist === null
              ? findSplitOfFewRows(search, start, end, total, packed, sparse, features)
              : findSplit(search, start, end, total, hist, features)
          const { gain, feature, bin, missingLeft, left } = search
          Object.assign(node, { gain, feature, bin, missingLeft, left })
        }
      }
    },
    partitionRows,
    finishLeaves,
    addTreeByCodes,
    addForest: (forest, columns, margin) => {
      for (let t = 0; t < forest.treeOutput.length; t++)
        addTree(forest, forest.treeStart[t]!, columns, margin, forest.treeOutput[t]!, forest.outputs)
    },
  }
}
