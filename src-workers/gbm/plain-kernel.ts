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
    sortKnown,
    encode: encodeColumn,
    interleave: interleaveColumns,
    logisticGradients,
    packGradients,
    fillHistogram: (table, packed, rows, start, end, hist) => {
      hist.fill(0)
      accumulateHistogram(table, packed, rows, start, end, hist)
    },
    subtractHistogram,
    startSearch: (table, packed, rows, limits) => {
      const search = createSplitSearch(table, limits, rows, counts)
      return {
        found: search,
        byHistogram: (start, end, total, hist, features) =>
          findSplit(search, start, end, total, hist, features),
        byRows: (start, end, total, features) =>
          findSplitOfFewRows(search, start, end, total, packed, sparse, features),
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
