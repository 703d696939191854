import type { DuckDBMaterializedResult } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import type { Columns, TextColumn } from './columns.ts'

/** Copies one vector of `count` rows into its column from row `at` on. */
type VectorReader = (vector: duckdb.Vector, count: number, at: number) => void

/** Reads a whole result into columns; NULL is NaN in floating columns, 0 in INTEGER and UTINYINT, '' in text. */
export async function readResult(result: DuckDBMaterializedResult): Promise<Columns> {
  const rows = result.rowCount
  const columns: Columns = {}
  const readers: (VectorReader | null)[] = []
  const texts: { column: number; text: TextColumn; codeOf: Map<string, number> }[] = []
  for (let c = 0; c < result.columnCount; c++) {
    const name = result.columnName(c)
    const type = result.columnTypeId(c) as number as duckdb.Type
    if (type === duckdb.Type.VARCHAR || type === duckdb.Type.ENUM || type === duckdb.Type.DATE) {
      const text: TextColumn = { kind: 'text', codes: new Uint32Array(rows), dictionary: [] }
      texts.push({ column: c, text, codeOf: new Map() })
      columns[name] = text
      readers.push(null)
    } else if (type === duckdb.Type.INTEGER) {
      const out = new Int32Array(rows)
      columns[name] = out
      readers.push((vector, count, at) => {
        const bytes = duckdb.vector_get_data(vector, count * 4)
        out.set(new Int32Array(bytes.buffer, bytes.byteOffset, count), at)
      })
    } else if (type === duckdb.Type.UTINYINT) {
      const out = new Uint8Array(rows)
      columns[name] = out
      readers.push((vector, count, at) => out.set(duckdb.vector_get_data(vector, count), at))
    } else {
      const out = new Float64Array(rows)
      columns[name] = out
      readers.push(numberReader(type, scaleOf(result, c), name, out))
    }
  }
  let at = 0
  for (let chunk = await result.fetchChunk(); chunk !== null; chunk = await result.fetchChunk()) {
    const count = chunk.rowCount
    if (count === 0) break
    for (let c = 0; c < readers.length; c++) {
      readers[c]?.(duckdb.data_chunk_get_vector(chunk.chunk, c), count, at)
    }
    for (const { column, text, codeOf } of texts) {
      const values = chunk.getColumnValues(column)
      for (let i = 0; i < count; i++) text.codes[at + i] = codeFor(String(values[i] ?? ''), text, codeOf)
    }
    at += count
  }
  return columns
}

function scaleOf(result: DuckDBMaterializedResult, column: number): number {
  const type = result.columnType(column)
  return 'scale' in type && typeof type.scale === 'number' ? type.scale : 0
}

function codeFor(value: string, text: TextColumn, codeOf: Map<string, number>): number {
  let code = codeOf.get(value)
  if (code === undefined) {
    code = text.dictionary.push(value) - 1
    codeOf.set(value, code)
  }
  return code
}

function numberReader(type: duckdb.Type, scale: number, name: string, out: Float64Array): VectorReader {
  const T = duckdb.Type
  if (type === T.DOUBLE) return reader(out, 8, (b, o, n) => new Float64Array(b, o, n))
  if (type === T.FLOAT) return reader(out, 4, (b, o, n) => new Float32Array(b, o, n))
  // Decimals of up to nine digits are held as scaled 32-bit integers; division gives the nearest double.
  if (type === T.DECIMAL) return reader(out, 4, (b, o, n) => new Int32Array(b, o, n), 10 ** scale)
  if (type === T.BIGINT) {
    return (vector, count, at) => {
      const bytes = duckdb.vector_get_data(vector, count * 8)
      const words = new Uint32Array(bytes.buffer, bytes.byteOffset, 2 * count)
      for (let i = 0; i < count; i++) out[at + i] = (words[2 * i + 1]! | 0) * 2 ** 32 + words[2 * i]!
      markNulls(vector, count, at, out)
    }
  }
  throw new TypeError(
    `column ${name} has type ${duckdb.Type[type]}, which readColumns does not read: cast it`,
  )
}

function reader(
  out: Float64Array,
  width: number,
  view: (buffer: ArrayBuffer, offset: number, count: number) => Float64Array | Float32Array | Int32Array,
  divisor = 1,
): VectorReader {
  return (vector, count, at) => {
    const bytes = duckdb.vector_get_data(vector, count * width)
    const values = view(bytes.buffer as ArrayBuffer, bytes.byteOffset, count)
    if (divisor === 1) out.set(values, at)
    else for (let i = 0; i < count; i++) out[at + i] = values[i]! / divisor
    markNulls(vector, count, at, out)
  }
}

function markNulls(vector: duckdb.Vector, count: number, at: number, out: Float64Array): void {
  const valid: Uint8Array | null = duckdb.vector_get_validity(vector, Math.ceil(count / 64) * 8)
  if (valid === null) return
  for (let i = 0; i < count; i++) {
    if ((valid[i >> 3]! & (1 << (i & 7))) === 0) out[at + i] = Number.NaN
  }
}
