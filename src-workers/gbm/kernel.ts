import type { Forest } from '#shared/jobs/scoring-types.ts'
import type { BinnedTable } from './binned-table.ts'

/** Gradient and hessian of each row as one packed value, which only the kernel reads. */
export interface PackedGradients {
  packed: Float64Array
  /** Powers of two that the real gradient and hessian were multiplied by. */
  gradientScale: number
  hessianScale: number
  /** Smallest and largest quantised hessian of the rows. */
  hessianMin: number
  hessianMax: number
  /** Sum over the rows, g·2²⁶ + h. */
  total: number
}

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

export interface FoundSplit {
  gain: number
  feature: number
  bin: number
  missingLeft: boolean
  /** Sum of the left side, g·2²⁶ + h. */
  left: number
}

/** A node of the tree that grows: rows[start … end) with the packed sum of their gradients, and the split that was found. */
export interface SearchedNode extends FoundSplit {
  start: number
  end: number
  total: number
  /** Null for at most FEW_ROWS rows, where most bins are empty: they are searched without. */
  hist: Float64Array | null
  /** Tried in turn. */
  features: Int32Array
  isFound: boolean
}

/** Searches nodes of one tree, each by itself; with a histogram or without, the same sums are seen and the same split found. */
export type SplitSearch = (nodes: readonly SearchedNode[]) => void

/** Parts of `rows` that are leaves, and the value of each once it is known. */
export interface LeafList {
  count: number
  /** Start and end of each. */
  bounds: Int32Array
  /** One more than leaves. */
  values: Float64Array
  /** Scratch, two numbers for each value. */
  sums: Float64Array
}

/** A node of a tree over codes; a leaf is its own child and has a value. */
export interface CodedNode {
  feature: number
  bin: number
  /** The code of a missing value if it goes left, else −1. */
  missingCode: number
  left: number
  right: number
  value: number
}

/**
 * The inner loops of training. The plain kernel is the reference; the compiled one gives the same bits several times faster.
 * Arrays handed in must come from the kernel itself, unless they are said to be any.
 */
export interface Kernel {
  float64: (length: number) => Float64Array
  int32: (length: number) => Int32Array
  uint8: (length: number) => Uint8Array
  int8: (length: number) => Int8Array
  /** Arrays hold anything at first; those made inside of `use` are gone when it returns. */
  scoped: <T>(use: () => T) => T

  /** Threads at work now. What comes out does not depend on it. */
  readonly threads: number
  /** How many may work from now on, if the kernel knows how to use them. */
  setThreads: (threads: number) => void
  /** Sends helping threads home. */
  close: () => void

  /** The values of any columns that are no NaN, ascending. */
  sortKnown: (columns: readonly Float64Array[]) => Float64Array[]
  /** Codes of the values of any columns by their upper bounds, the last of which is Infinity; NaN is one code more. */
  encode: (
    columns: readonly Float64Array[],
    bounds: readonly Float64Array[],
    codes: readonly Uint8Array[],
  ) => void
  /** Row-major codes of columns of codes; rows are `width` apart. */
  interleave: (columns: readonly Uint8Array[], codes: Uint8Array, width: number) => void

  logisticGradients: (
    margin: Float64Array,
    y: Int8Array,
    weights: Float64Array,
    gradient: Float64Array,
    hessian: Float64Array,
  ) => void
  /**
   * Quantises the derivatives of rows[0 … n), which are all rows in order where n is their number. The scale depends on maxima
   * alone, not on any order.
   */
  packGradients: (
    gradient: Float64Array,
    hessian: Float64Array,
    rows: Int32Array,
    n: number,
    into: PackedGradients,
  ) => void

  /** Sums of rows[start … end) by feature and bin, in a histogram of any content; `from`, if given, loses them. Exact. */
  fillHistogram: (
    table: BinnedTable,
    packed: Float64Array,
    rows: Int32Array,
    start: number,
    end: number,
    hist: Float64Array,
    from: Float64Array | null,
  ) => void
  startSearch: (
    table: BinnedTable,
    packed: Float64Array,
    rows: Int32Array,
    limits: SplitLimits,
  ) => SplitSearch
  /** Moves the rows that go left to the front of rows[start … end), each side in its old order; returns where the right begins. */
  partitionRows: (
    table: BinnedTable,
    rows: Int32Array,
    start: number,
    end: number,
    feature: number,
    bin: number,
    missingLeft: boolean,
    scratch: Int32Array,
  ) => number
  /**
   * Values −G/(H+λ)·shrinkage from unquantised sums over the leaves of rows[0 … n), each in row order. Where a margin is given,
   * every row is in a leaf, and gets its value added.
   */
  finishLeaves: (
    leaves: LeafList,
    gradient: Float64Array,
    hessian: Float64Array,
    rows: Int32Array,
    n: number,
    scratch: Int32Array,
    lambda: number,
    shrinkage: number,
    margin: Float64Array | null,
  ) => void

  /** Adds the value of each row's leaf, at most `depth` steps down the tree whose root comes first, to its margin. */
  addTreeByCodes: (
    table: BinnedTable,
    nodes: readonly CodedNode[],
    depth: number,
    margin: Float64Array,
  ) => void
  /** Adds every tree to row-major rows × outputs margins; columns and margin are any. */
  addForest: (forest: Forest, columns: readonly Float64Array[], margin: Float64Array) => void
}
