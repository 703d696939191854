import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import { replaceAtomic, storageError, temporaryPath } from '#main/workspace/atomic-file.ts'
import { type Columns, columnLength, type WritableColumns } from './columns.ts'
import { createFiller } from './fill-vectors.ts'
import { readResult } from './read-vectors.ts'
import { quoteName, quoteText } from './sql-text.ts'

/** The one DuckDB of the process: in memory, one thread (reproducible sums), no extensions fetched, no file of its own. */
export interface Duck {
  run: (sql: string) => Promise<void>
  /** Runs a query and copies its result into columns (NULL is NaN). */
  readColumns: (sql: string) => Promise<Columns>
  /** Writes columns of equal length as one file; readers see the old file or the new one. Equal columns give equal bytes. */
  writeColumns: (columns: WritableColumns, path: string, format: 'parquet' | 'csv') => Promise<void>
  /**
   * Writes a query's rows as CSV, piece by piece, on a connection of its own: an abort of `signal` stops it, which then rejects,
   * and no other query.
   */
  exportCsv: (sql: string, path: string, signal: AbortSignal) => Promise<void>
  /** Stops the running query, which then rejects. */
  interrupt: () => void
  close: () => void
}

export async function openDuck(): Promise<Duck> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    autoload_known_extensions: 'false',
    autoinstall_known_extensions: 'false',
    preserve_insertion_order: 'true',
  })
  const connection = await instance.connect()
  // Instants with an offset are cast through this: the machine's own zone must not move them.
  await connection.run("SET TimeZone = 'UTC'")
  let tables = 0

  // A query that begins while another is pending on the same connection closes that one's result, so they take turns.
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }
  const query = (sql: string) => inTurn(() => connection.run(sql))

  const writeColumns: Duck['writeColumns'] = async (columns, path, format) => {
    const table = `staged_${tables++}`
    const temporary = temporaryPath(path)
    await mkdir(dirname(path), { recursive: true })
    try {
      const names = Object.keys(columns)
      const rows = names.length === 0 ? 0 : columnLength(columns[names[0]!]!)
      const fillers = names.map((name) => createFiller(name, columns[name]!))
      const definition = names.map((name, c) => `${quoteName(name)} ${fillers[c]!.sqlType}`).join(', ')
      await inTurn(async () => {
        await connection.run(`CREATE TABLE ${table} (${definition})`)
        const appender = await connection.createAppender(table)
        const chunk = duckdb.create_data_chunk(fillers.map((filler) => filler.logicalType))
        const step = duckdb.vector_size()
        for (let start = 0; start < rows; start += step) {
          const count = Math.min(step, rows - start)
          duckdb.data_chunk_reset(chunk)
          for (let c = 0; c < fillers.length; c++) {
            fillers[c]!.fill(duckdb.data_chunk_get_vector(chunk, c), start, count)
          }
          duckdb.data_chunk_set_size(chunk, count)
          appender.appendDataChunk(new DuckDBDataChunk(chunk))
        }
        appender.closeSync()
      })
      await query(`COPY ${table} TO ${quoteText(temporary)} (${copyOptions[format]})`)
      await replaceAtomic(temporary, path)
    } catch (cause) {
      await rm(temporary, { force: true })
      throw storageError(cause, path)
    } finally {
      await query(`DROP TABLE IF EXISTS ${table}`)
    }
  }

  return {
    run: async (sql) => {
      await query(sql)
    },
    readColumns: async (sql) => readResult(await query(sql)),
    writeColumns,
    exportCsv: async (sql, path, signal) => {
      const own = await instance.connect()
      const stop = () => own.interrupt()
      signal.addEventListener('abort', stop)
      try {
        await own.run("SET TimeZone = 'UTC'")
        await own.run(`COPY (${sql}) TO ${quoteText(path)} (${copyOptions.csv})`)
      } catch (cause) {
        throw storageError(cause, path)
      } finally {
        signal.removeEventListener('abort', stop)
        own.closeSync()
      }
    },
    interrupt: () => connection.interrupt(),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

const copyOptions = {
  parquet: 'FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V2',
  csv: 'FORMAT csv, HEADER true',
}
