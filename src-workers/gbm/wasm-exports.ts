/** What assembly/index.ts exports; every pointer is a byte offset. */
export interface WasmExports {
  sortKnown: (values: number, n: number, keys: number, spare: number, counts: number) => number
  encode: (values: number, n: number, bounds: number, missing: number, codes: number) => void
  interleave: (columns: number, features: number, n: number, codes: number, width: number) => void
  logistic: (margin: number, y: number, weights: number, n: number, gradient: number, hessian: number) => void
  largest: (values: number, rows: number, n: number) => number
  pack: (
    gradient: number,
    hessian: number,
    rows: number,
    n: number,
    gradientScale: number,
    hessianScale: number,
    packed: number,
    out: number,
  ) => void
  fillHistogram: (
    codes: number,
    width: number,
    first: number,
    features: number,
    packed: number,
    rows: number,
    start: number,
    end: number,
    hist: number,
    from: number,
  ) => number
  findSplit: FindSplit
  findSplitOfFewRows: FindSplit
  partition: (
    column: number,
    rows: number,
    start: number,
    end: number,
    bin: number,
    missingCode: number,
    scratch: number,
  ) => number
  markLeaves: (bounds: number, from: number, to: number, rows: number, leafOf: number) => void
  sumLeaves: (derivative: number, leafOf: number, n: number, sums: number, count: number) => void
  addLeaves: (margin: number, leafOf: number, values: number, from: number, to: number) => void
  addTreeByCodes: (
    root: number,
    depth: number,
    codes: number,
    width: number,
    n: number,
    margin: number,
  ) => void
  addForest: (
    trees: number,
    treeCount: number,
    block: number,
    width: number,
    count: number,
    cursors: number,
    margin: number,
    outputs: number,
  ) => void
}

export type FindSplit = (
  search: number,
  codes: number,
  width: number,
  binCount: number,
  rows: number,
  start: number,
  end: number,
  total: number,
  source: number,
  features: number,
  featureCount: number,
) => number
