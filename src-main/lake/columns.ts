/** Text by dictionary: row i reads `dictionary[codes[i]]`. */
export interface TextColumn {
  kind: 'text'
  codes: Uint32Array
  dictionary: string[]
}

/** Numbers kept to `scale` decimal places (|x| < 10^(9 − scale)), four bytes each on disk; NaN is NULL. */
export interface DecimalColumn {
  kind: 'decimal'
  values: Float64Array | Float32Array
  scale: number
}

/** Whole numbers too large for 32 bits, such as epoch ms; NaN is NULL. */
export interface IntegerColumn {
  kind: 'integer'
  values: Float64Array
}

export type NumberArray = Float64Array | Float32Array | Int32Array | Uint8Array

/** A column to store. Plain arrays keep their type; NaN in floating columns becomes NULL. */
export type WritableColumn = NumberArray | TextColumn | DecimalColumn | IntegerColumn

/** Columns beside each other, of one length, in file order. */
export type WritableColumns = Readonly<Record<string, WritableColumn>>

/** Columns read: INTEGER as Int32Array, UTINYINT as Uint8Array, text by dictionary, every other number as Float64Array. */
export type Columns = Record<string, Float64Array | Int32Array | Uint8Array | TextColumn>

export function columnLength(column: WritableColumn): number {
  if (!('kind' in column)) return column.length
  return column.kind === 'text' ? column.codes.length : column.values.length
}
