import duckdb from '@duckdb/node-bindings'
import { SigmaError } from '#shared/errors.ts'
import type { WritableColumn } from './columns.ts'

/** Moves rows of one column into DuckDB vectors, chunk by chunk. */
export interface VectorFiller {
  /** Type as SQL writes it. */
  sqlType: string
  logicalType: duckdb.LogicalType
  /** Copies rows start … start + count − 1 to the beginning of `vector`. */
  fill: (vector: duckdb.Vector, start: number, count: number) => void
}

/** Chooses type and copy loop for a column. Throws INVALID_PARAM for a decimal out of range. */
export function createFiller(name: string, column: WritableColumn): VectorFiller {
  if (!('kind' in column)) {
    if (column instanceof Float64Array) return plainFiller('DOUBLE', duckdb.Type.DOUBLE, column)
    if (column instanceof Float32Array) return plainFiller('FLOAT', duckdb.Type.FLOAT, column)
    if (column instanceof Int32Array) return plainFiller('INTEGER', duckdb.Type.INTEGER, column)
    return plainFiller('UTINYINT', duckdb.Type.UTINYINT, column)
  }
  if (column.kind === 'integer') {
    const { values } = column
    const wide = new BigInt64Array(values.length)
    // Low and high words apart: several times faster than a BigInt per value.
    const words = new Int32Array(wide.buffer)
    for (let i = 0; i < values.length; i++) {
      const high = Math.floor(values[i]! / 2 ** 32)
      words[2 * i] = values[i]! - high * 2 ** 32
      words[2 * i + 1] = high
    }
    return withNulls(plainFiller('BIGINT', duckdb.Type.BIGINT, wide), values)
  }
  if (column.kind === 'decimal') {
    const { values, scale } = column
    const factor = 10 ** scale
    const scaled = new Int32Array(values.length)
    for (let i = 0; i < scaled.length; i++) {
      const value = Math.round(values[i]! * factor)
      if (Math.abs(value) > 999_999_999) {
        throw new SigmaError('INVALID_PARAM', `${name} must be under ${10 ** (9 - scale)}, got ${values[i]}`)
      }
      scaled[i] = value
    }
    const type = duckdb.create_decimal_type(9, scale)
    return withNulls(arrayFiller(`DECIMAL(9,${scale})`, type, scaled), values)
  }
  return textFiller(column.codes, column.dictionary)
}

function plainFiller(
  sqlType: string,
  type: duckdb.Type,
  values: Float64Array | Float32Array | Int32Array | Uint8Array | BigInt64Array,
): VectorFiller {
  const filler = arrayFiller(sqlType, duckdb.create_logical_type(type), values)
  return values instanceof Float64Array || values instanceof Float32Array ? withNulls(filler, values) : filler
}

function arrayFiller(
  sqlType: string,
  logicalType: duckdb.LogicalType,
  values: Float64Array | Float32Array | Int32Array | Uint8Array | BigInt64Array,
): VectorFiller {
  const width = values.BYTES_PER_ELEMENT
  // The copy reads ArrayBuffers only; a column over shared memory is copied once.
  const own = values.buffer instanceof ArrayBuffer ? values : values.slice()
  const buffer = own.buffer as ArrayBuffer
  return {
    sqlType,
    logicalType,
    fill: (vector, start, count) =>
      duckdb.copy_data_to_vector(vector, 0, buffer, own.byteOffset + start * width, count * width),
  }
}

function withNulls(filler: VectorFiller, values: Float64Array | Float32Array): VectorFiller {
  let hasNaN = false
  for (let i = 0; i < values.length && !hasNaN; i++) hasNaN = Number.isNaN(values[i]!)
  if (!hasNaN) return filler
  const valid = new Uint8Array(duckdb.vector_size() / 8)
  return {
    ...filler,
    fill: (vector, start, count) => {
      filler.fill(vector, start, count)
      valid.fill(255)
      for (let i = 0; i < count; i++) {
        if (Number.isNaN(values[start + i]!)) valid[i >> 3]! &= ~(1 << (i & 7))
      }
      duckdb.vector_ensure_validity_writable(vector)
      duckdb.copy_data_to_vector_validity(vector, 0, valid.buffer, 0, valid.byteLength)
    },
  }
}

/** An empty text is NULL: in a CSV it is an empty cell, not a quoted one. */
function textFiller(codes: Uint32Array, dictionary: string[]): VectorFiller {
  const encoder = new TextEncoder()
  const encoded = dictionary.map((text) => encoder.encode(text))
  const empty = dictionary.indexOf('')
  const valid = new Uint8Array(duckdb.vector_size() / 8)
  return {
    sqlType: 'VARCHAR',
    logicalType: duckdb.create_logical_type(duckdb.Type.VARCHAR),
    fill: (vector, start, count) => {
      valid.fill(255)
      for (let i = 0; i < count; i++) {
        const code = codes[start + i]!
        if (code === empty) valid[i >> 3]! &= ~(1 << (i & 7))
        else duckdb.vector_assign_string_element_len(vector, i, encoded[code]!)
      }
      if (empty < 0) return
      duckdb.vector_ensure_validity_writable(vector)
      duckdb.copy_data_to_vector_validity(vector, 0, valid.buffer, 0, valid.byteLength)
    },
  }
}
