import { type Call, createCrew } from './crew.ts'
import { powerOfTwoScale } from './histogram.ts'
import { instantiateKernel } from './instantiate-kernel.ts'
import type { Kernel, SearchedNode } from './kernel.ts'
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
import { inParts, leafParts } from './share-out.ts'
import { createWasmMemory } from './wasm-memory.ts'

/** Rows that walk down the trees of a forest side by side. */
const BLOCK_ROWS = 64
const NODE_BYTES = 24

// A thread's share is at least this much, so that it outlasts the handing over: rows of a pass over a column, codes that are
// counted, and rows times features of a node that is searched.
const LEAST_ROWS = 8192
const LEAST_CODES = 8192
const LEAST_SEARCHED = 2048

export function createWasmKernel(module: WebAssembly.Module): Kernel {
  const { memory, take, scoped } = createWasmMemory()
  const wasm = instantiateKernel(module, memory)
  const crew = createCrew(module, memory, wasm)
  const float64 = (length: number) => take((b, at, n) => new Float64Array(b, at, n), 8, length)
  const int32 = (length: number) => take((b, at, n) => new Int32Array(b, at, n), 4, length)
  const uint8 = (length: number) => take((b, at, n) => new Uint8Array(b, at, n), 1, length)
  const int8 = (length: number) => take((b, at, n) => new Int8Array(b, at, n), 1, length)
  const copied = (values: Float64Array) => {
    const copy = float64(values.length)
    copy.set(values)
    return copy.byteOffset
  }
  // Two nodes are searched side by side.
  const searches = [float64(SEARCH_SLOTS), float64(SEARCH_SLOTS)]
  const rowParts = (rows: number) => inParts(crew.size, rows, LEAST_ROWS, 16)

  return {
    float64,
    int32,
    uint8,
    int8,
    scoped,
    get threads() {
      return crew.size
    },
    setThreads: crew.resize,
    close: crew.close,
    sortKnown: (columns) => {
      const places = columns.map((column) => {
        const n = column.length
        return { n, values: copied(column), keys: float64(n), spare: float64(n), counts: int32(8 * 256) }
      })
      const sorted = crew.run(
        places.map(({ n, values, keys, spare, counts }): Call => {
          return ['sortKnown', values, n, keys.byteOffset, spare.byteOffset, counts.byteOffset]
        }),
      )
      return places.map(({ keys, spare, counts }, k) =>
        (sorted[k] === keys.byteOffset ? keys : spare).subarray(0, counts[0]),
      )
    },
    encode: (columns, bounds, codes) =>
      scoped(() => {
        const calls = columns.map((column, k): Call => {
          const all = float64(256).fill(Number.POSITIVE_INFINITY)
          all.set(bounds[k]!)
          const missing = bounds[k]!.length
          return ['encode', copied(column), column.length, all.byteOffset, missing, codes[k]!.byteOffset]
        })
        crew.run(calls)
      }),
    interleave: (columns, codes, width) =>
      scoped(() => {
        const calls = rowParts(codes.length / width).map(([from, to]): Call => {
          const pointers = int32(columns.length)
          for (let f = 0; f < columns.length; f++) pointers[f] = columns[f]!.byteOffset + from
          const at = codes.byteOffset + from * width
          return ['interleave', pointers.byteOffset, columns.length, to - from, at, width]
        })
        crew.run(calls)
      }),
    logisticGradients: (margin, y, weights, gradient, hessian) => {
      const calls = rowParts(margin.length).map(([from, to]): Call => {
        const at = (values: Float64Array) => values.byteOffset + 8 * from
        const n = to - from
        return ['logistic', at(margin), y.byteOffset + from, at(weights), n, at(gradient), at(hessian)]
      })
      crew.run(calls)
    },
    packGradients: (gradient, hessian, rows, n, into) =>
      scoped(() => {
        const parts = rowParts(n)
        // Every row in order is a stretch of each column; else it is one of the list of rows.
        const isEveryRow = n === gradient.length
        const at = (values: Float64Array, from: number) => values.byteOffset + (isEveryRow ? 8 * from : 0)
        const list = (from: number) => (isEveryRow ? 0 : rows.byteOffset + 4 * from)
        const scaleOf = (values: Float64Array): number => {
          const calls = parts.map(([from, to]): Call => ['largest', at(values, from), list(from), to - from])
          return powerOfTwoScale(Math.max(...crew.run(calls)), n)
        }
        const [gradientScale, hessianScale] = [scaleOf(gradient), scaleOf(hessian)]
        const sums = parts.map(() => float64(3))
        const calls = parts.map(([from, to], k): Call => {
          const [g, h, packed] = [at(gradient, from), at(hessian, from), at(into.packed, from)]
          const out = sums[k]!.byteOffset
          return ['pack', g, h, list(from), to - from, gradientScale, hessianScale, packed, out]
        })
        crew.run(calls)
        into.gradientScale = gradientScale
        into.hessianScale = hessianScale
        into.total = sums.reduce((total, each) => total + each[0]!, 0)
        into.hessianMin = Math.min(...sums.map((each) => each[1]!))
        into.hessianMax = Math.max(...sums.map((each) => each[2]!))
      }),
    fillHistogram: (table, packed, rows, start, end, hist, from) => {
      const [codes, width] = [table.codes.byteOffset, table.rowWords * 4]
      const [values, list, into] = [packed.byteOffset, rows.byteOffset, hist.byteOffset]
      const parent = from === null ? 0 : from.byteOffset
      const parts = inParts(crew.size, table.features, LEAST_CODES / Math.max(1, end - start), 8)
      const calls = parts.map(([first, last]): Call => {
        return ['fillHistogram', codes, width, first, last - first, values, list, start, end, into, parent]
      })
      crew.run(calls)
    },
    startSearch: (table, packed, rows, limits) => {
      for (const search of searches) {
        search[LAMBDA] = limits.lambda
        search[MIN_GAIN] = limits.minGain
        search[LEAST_HESSIAN] = Math.max(limits.minHessian, limits.lowHessian)
        search[SURE_HESSIAN] = limits.sureHessian
        search[MIN_SAMPLES] = limits.minSamples
      }
      const width = table.rowWords * 4
      const [codes, binCount, list] = [table.codes.byteOffset, table.binCount.byteOffset, rows.byteOffset]
      const callOf = ({ start, end, total, hist, features }: SearchedNode, k: number): Call => {
        const [find, source] =
          hist === null ? (['findSplitOfFewRows', packed] as const) : (['findSplit', hist] as const)
        const [from, tried] = [source.byteOffset, features.byteOffset]
        const at = searches[k]!.byteOffset
        return [find, at, codes, width, binCount, list, start, end, total, from, tried, features.length]
      }
      const isLarge = ({ start, end, features }: SearchedNode) =>
        (16 + Math.min(end - start, 256)) * features.length >= LEAST_SEARCHED
      return (nodes) => {
        const calls = nodes.map(callOf)
        const isFound = nodes.every(isLarge) ? crew.run(calls) : calls.flatMap((call) => crew.run([call]))
        nodes.forEach((node, k) => {
          const search = searches[k]!
          node.isFound = isFound[k] !== 0
          node.gain = search[FOUND_GAIN]!
          node.left = search[FOUND_LEFT]!
          node.feature = search[FOUND_FEATURE]!
          node.bin = search[FOUND_BIN]!
          node.missingLeft = search[FOUND_MISSING_LEFT] === 1
        })
      }
    },
    partitionRows: (table, rows, start, end, feature, bin, missingLeft, scratch) => {
      const column = table.columns[feature]!.byteOffset
      const [list, spare] = [rows.byteOffset, scratch.byteOffset]
      const missing = missingLeft ? table.binCount[feature]! : -1
      const parts = rowParts(end - start)
      const calls = parts.map(([from, to]): Call => {
        return ['partition', column, list, start + from, start + to, bin, missing, spare + 4 * from]
      })
      const middles = crew.run(calls)
      // What went left in each part moves before what went right in the parts before it.
      return middles.reduce((middle, partMiddle, k) => {
        const partStart = start + parts[k]![0]
        const rights = rows.subarray(middle, partStart)
        scratch.set(rights)
        rows.copyWithin(middle, partStart, partMiddle)
        const after = middle + partMiddle - partStart
        rows.set(scratch.subarray(0, rights.length), after)
        return after
      }, start)
    },
    finishLeaves: (leaves, gradient, hessian, rows, n, scratch, lambda, shrinkage, margin) => {
      const { count, values, sums } = leaves
      const [bounds, leafOf, list] = [leaves.bounds.byteOffset, scratch.byteOffset, rows.byteOffset]
      const all = gradient.length
      // Rows of no leaf add up behind the last one.
      if (n < all) scratch.fill(count, 0, all)
      crew.run(
        leafParts(leaves, rowParts(n).length).map(([from, to]) => [
          'markLeaves',
          bounds,
          from,
          to,
          list,
          leafOf,
        ]),
      )
      const [g, h] = [sums.byteOffset, sums.byteOffset + 8 * (count + 1)]
      const sides: Call[] = [
        ['sumLeaves', gradient.byteOffset, leafOf, all, g, count + 1],
        ['sumLeaves', hessian.byteOffset, leafOf, all, h, count + 1],
      ]
      if (all >= LEAST_ROWS) crew.run(sides)
      else for (const side of sides) crew.run([side])
      for (let leaf = 0; leaf < count; leaf++) {
        const denominator = sums[count + 1 + leaf]! + lambda
        values[leaf] = denominator > 0 ? (-sums[leaf]! / denominator) * shrinkage : 0
      }
      if (margin === null) return
      const [to, each] = [margin.byteOffset, values.byteOffset]
      crew.run(rowParts(all).map(([from, end]): Call => ['addLeaves', to, leafOf, each, from, end]))
    },
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
