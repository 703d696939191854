/** Columns as codes of their bins, column by column to part rows by, and row-major, four codes a word, to sum a row's bins. */
export interface BinnedTable {
  rows: number
  features: number
  columns: Uint8Array[]
  /** `rows` × `rowWords` × 4 codes; the padding behind the last feature is code 0. */
  codes: Uint8Array
  words: Uint32Array
  rowWords: number
  /** Value bins per feature; the code that equals the count means missing. */
  binCount: Int32Array
  /** Upper bound of each value bin: x ≤ cuts[f][b] exactly when its code is ≤ b. The last bound is Infinity. */
  cuts: Float64Array[]
}
