import { histogramSlots, powerOfTwoScale } from './histogram.ts'
import type { FoundSplit, Kernel } from './kernel.ts'
import {
  FOUND_BIN,
  FOUND_FEATURE,
  FOUND_GAIN,
  FOUND_LEFT,
  FOUND_MISSING_LEFT,
  LAMBDA,
  LEAST_HESSIAN,
  MIN_GAIN,
  MIN_SAMPLES,
  SEARCH_SLOTS,
  SURE_HESSIAN,
} from './kernel-layout.ts'
import type { FindSplit, WasmExports } from './wasm-exports.ts'
import { createWasmMemory } from './wasm-memory.ts'

/** Rows that walk down the trees of a forest side by side. */
const BLOCK_ROWS = 64
const NODE_BYTES = 24

export function createWasmKernel(module: WebAssembly.Module): Kernel {
  const { memory, take, scoped } = createWasmMemory()
  const instance = new WebAssembly.Instance(module, { env: { memory }, exp: { oneExp: Math.exp } })
  const wasm = instance.exports as unknown as WasmExports
  const float64 = (length: number) => take((b, at, n) => new Float64Array(b, at, n), 8, length)
  const int32 = (length: number) => take((b, at, n) => new Int32Array(b, at, n), 4, length)
  const uint8 = (length: number) => take((b, at, n) => new Uint8Array(b, at, n), 1, length)
  const int8 = (length: number) => take((b, at, n) => new Int8Array(b, at, n), 1, length)
  const copied = (values: Float64Array) => {
    const copy = float64(values.length)
    copy.set(values)
    return copy.byteOffset
  }
  const packOut = float64(3)
  const search = float64(SEARCH_SLOTS)

  return {
    float64,
    int32,
    uint8,
    int8,
    scoped,
    sortKnown: (column) => {
      const n = column.length
      const [keys, spare] = [float64(n), float64(n)]
      const counts = int32(8 * 256)
      const values = copied(column)
      const at = wasm.sortKnown(values, n, keys.byteOffset, spare.byteOffset, counts.byteOffset)
      return (at === keys.byteOffset ? keys : spare).subarray(0, counts[0])
    },
    encode: (column, bounds, codes) =>
      scoped(() => {
        const values = copied(column)
        const all = float64(256).fill(Number.POSITIVE_INFINITY)
        all.set(bounds)
        wasm.encode(values, column.length, all.byteOffset, bounds.length, codes.byteOffset)
      }),
    interleave: (columns, codes, width) =>
      scoped(() => {
        const pointers = int32(columns.length)
        for (let f = 0; f < columns.length; f++) pointers[f] = columns[f]!.byteOffset
        const rows = codes.length / width
        wasm.interleave(pointers.byteOffset, columns.length, rows, codes.byteOffset, width)
      }),
    logisticGradients: (margin, y, weights, gradient, hessian) =>
      wasm.logistic(
        margin.byteOffset,
        y.byteOffset,
        weights.byteOffset,
        margin.length,
        gradient.byteOffset,
        hessian.byteOffset,
      ),
    packGradients: (gradient, hessian, rows, n, into) => {
      const [g, h] = [gradient.byteOffset, hessian.byteOffset]
      const r = n === gradient.length ? 0 : rows.byteOffset
      into.gradientScale = powerOfTwoScale(wasm.largest(g, r, n), n)
      into.hessianScale = powerOfTwoScale(wasm.largest(h, r, n), n)
      const { gradientScale, hessianScale, packed } = into
      wasm.pack(g, h, r, n, gradientScale, hessianScale, packed.byteOffset, packOut.byteOffset)
      into.total = packOut[0]!
      into.hessianMin = packOut[1]!
      into.hessianMax = packOut[2]!
    },
    fillHistogram: (table, packed, rows, start, end, hist) => {
      wasm.fillHistogram(
        table.codes.byteOffset,
        table.rowWords * 4,
        table.features,
        packed.byteOffset,
        rows.byteOffset,
        start,
        end,
        hist.byteOffset,
        8 * histogramSlots(table),
      )
    },
    subtractHistogram: (from, part) => wasm.subtract(from.byteOffset, part.byteOffset, from.byteLength),
    startSearch: (table, packed, rows, limits) => {
      search[LAMBDA] = limits.lambda
      search[MIN_GAIN] = limits.minGain
      search[LEAST_HESSIAN] = Math.max(limits.minHessian, limits.lowHessian)
      search[SURE_HESSIAN] = limits.sureHessian
      search[MIN_SAMPLES] = limits.minSamples
      const found: FoundSplit = { gain: 0, feature: -1, bin: 0, missingLeft: false, left: 0 }
      const at = search.byteOffset
      const width = table.rowWords * 4
      const [codes, binCount, row] = [table.codes.byteOffset, table.binCount.byteOffset, rows.byteOffset]
      const ask = (
        find: FindSplit,
        start: number,
        end: number,
        total: number,
        source: number,
        features: Int32Array,
      ): boolean => {
        const { byteOffset, length } = features
        const isFound = find(at, codes, width, binCount, row, start, end, total, source, byteOffset, length)
        if (isFound === 0) return false
        found.gain = search[FOUND_GAIN]!
        found.left = search[FOUND_LEFT]!
        found.feature = search[FOUND_FEATURE]!
        found.bin = search[FOUND_BIN]!
        found.missingLeft = search[FOUND_MISSING_LEFT] === 1
        return true
      }
      return {
        found,
        byHistogram: (start, end, total, hist, features) =>
          ask(wasm.findSplit, start, end, total, hist.byteOffset, features),
        byRows: (start, end, total, features) =>
          ask(wasm.findSplitOfFewRows, start, end, total, packed.byteOffset, features),
      }
    },
    partitionRows: (table, rows, start, end, feature, bin, missingLeft, scratch) =>
      wasm.partition(
        table.columns[feature]!.byteOffset,
        rows.byteOffset,
        start,
        end,
        bin,
        missingLeft ? table.binCount[feature]! : -1,
        scratch.byteOffset,
      ),
    finishLeaves: (leaves, gradient, hessian, rows, n, scratch, lambda, shrinkage, margin) =>
      wasm.finishLeaves(
        leaves.bounds.byteOffset,
        leaves.count,
        gradient.byteOffset,
        hessian.byteOffset,
        rows.byteOffset,
        n,
        gradient.length,
        lambda,
        shrinkage,
        scratch.byteOffset,
        leaves.sums.byteOffset,
        leaves.values.byteOffset,
        margin === null ? 0 : margin.byteOffset,
      ),
    addTreeByCodes: (table, nodes, depth, margin) =>
      scoped(() => {
        const ints = int32((nodes.length * NODE_BYTES) / 4)
        const doubles = new Float64Array(ints.buffer, ints.byteOffset, ints.length / 2)
        nodes.forEach((node, k) => {
          if (node.left === k) doubles[k * 3] = node.value
          else ints[k * 6] = node.bin
          ints[k * 6 + 2] = node.feature
          ints[k * 6 + 3] = node.missingCode
          ints[k * 6 + 4] = node.left * NODE_BYTES
          ints[k * 6 + 5] = node.right * NODE_BYTES
        })
        const width = table.rowWords * 4
        wasm.addTreeByCodes(
          ints.byteOffset,
          depth,
          table.codes.byteOffset,
          width,
          table.rows,
          margin.byteOffset,
        )
      }),
    addForest: (forest, columns, margin) =>
      scoped(() => {
        const { feature, threshold, left, right, missingLeft, value, treeStart, treeOutput, outputs } = forest
        const ints = int32((feature.length * NODE_BYTES) / 4)
        const doubles = new Float64Array(ints.buffer, ints.byteOffset, ints.length / 2)
        const trees = int32(3 * treeOutput.length)
        for (let t = 0; t < treeOutput.length; t++) {
          const root = treeStart[t]!
          const depths = new Uint16Array(treeStart[t + 1]! - root)
          // A child comes after its parent.
          for (let k = root; k < treeStart[t + 1]!; k++) {
            const isLeaf = feature[k]! < 0
            doubles[k * 3] = isLeaf ? value[k]! : threshold[k]!
            ints[k * 6 + 2] = isLeaf ? 0 : feature[k]!
            ints[k * 6 + 3] = isLeaf ? 0 : missingLeft[k]!
            ints[k * 6 + 4] = ((isLeaf ? k : left[k]!) - root) * NODE_BYTES
            ints[k * 6 + 5] = ((isLeaf ? k : right[k]!) - root) * NODE_BYTES
            if (!isLeaf) depths[left[k]! - root] = depths[right[k]! - root] = depths[k - root]! + 1
          }
          trees[3 * t] = ints.byteOffset + root * NODE_BYTES
          trees[3 * t + 1] = depths.reduce((deepest, depth) => Math.max(deepest, depth), 0)
          trees[3 * t + 2] = treeOutput[t]!
        }
        const features = columns.length
        const block = float64(BLOCK_ROWS * features)
        const sums = float64(BLOCK_ROWS * outputs)
        const cursors = int32(BLOCK_ROWS)
        const rows = margin.length / outputs
        for (let first = 0; first < rows; first += BLOCK_ROWS) {
          const count = Math.min(BLOCK_ROWS, rows - first)
          for (let f = 0; f < features; f++) {
            const column = columns[f]!
            for (let i = 0, at = f; i < count; i++, at += features) block[at] = column[first + i]!
          }
          const part = margin.subarray(first * outputs, (first + count) * outputs)
          sums.set(part)
          wasm.addForest(
            trees.byteOffset,
            treeOutput.length,
            block.byteOffset,
            features * 8,
            count,
            cursors.byteOffset,
            sums.byteOffset,
            outputs,
          )
          part.set(sums.subarray(0, part.length))
        }
      }),
  }
}
