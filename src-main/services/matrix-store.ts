import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Columns, WritableColumns } from '#main/lake/columns.ts'
import type { Duck } from '#main/lake/duck.ts'
import { quoteText } from '#main/lake/sql-text.ts'
import type { Ledger } from '#main/ledger/ledger.ts'
import type { MatrixMeta } from '#main/ledger/matrices.ts'
import { replaceAtomic, temporaryPath } from '#main/workspace/atomic-file.ts'
import { barsPerSession } from '#shared/calendar/bar-times.ts'
import { sessionDate } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { Matrix, PricePath } from '#shared/jobs/matrix-types.ts'

const CACHED = 6

export interface LoadedMatrix {
  meta: MatrixMeta
  matrix: Matrix
  path: PricePath
}

/** Files of built matrices under `matrices/by-sha/`: Parquet for the engine, CSV for people; both are immutable. */
export function createMatrixStore(root: string, duck: Duck, ledger: Ledger) {
  const cache = new Map<string, LoadedMatrix>()
  const file = (sha: string, ending: string) => join(root, uriOf(sha, ending))

  return {
    uriOf,
    /** Writes the files of a matrix and returns the SHA-256 of its CSV. */
    async save(sha: string, matrix: Matrix, path: PricePath): Promise<string> {
      await duck.writeColumns(rowColumns(matrix), file(sha, 'parquet'), 'parquet')
      await duck.writeColumns(pathColumns(path), file(sha, 'path.parquet'), 'parquet')
      await duck.writeColumns(csvColumns(matrix), file(sha, 'csv'), 'csv')
      return createHash('sha256')
        .update(await readFile(file(sha, 'csv')))
        .digest('hex')
    },
    /** Copies the CSV of a matrix to where a person looks for it; readers see the old file or the new one. */
    async copyCsv(sha: string, target: string): Promise<void> {
      const temporary = temporaryPath(target)
      await mkdir(dirname(target), { recursive: true })
      try {
        await copyFile(file(sha, 'csv'), temporary)
        await replaceAtomic(temporary, target)
      } finally {
        await rm(temporary, { force: true })
      }
    },
    /** A matrix in memory that workers share. Throws NOT_FOUND for an unknown sha. */
    async load(sha: string): Promise<LoadedMatrix> {
      const cached = cache.get(sha)
      if (cached) {
        cache.delete(sha)
        cache.set(sha, cached)
        return cached
      }
      const stored = ledger.matrices.get(sha)
      if (!stored) throw new SigmaError('NOT_FOUND', `no matrix has the sha ${sha}`)
      const { meta } = stored
      const read = (ending: string) =>
        duck.readColumns(`SELECT * FROM read_parquet(${quoteText(file(sha, ending))})`)
      const loaded = {
        meta,
        matrix: matrixOf(meta, await read('parquet')),
        path: pathOf(meta, await read('path.parquet')),
      }
      cache.set(sha, loaded)
      if (cache.size > CACHED) cache.delete(cache.keys().next().value!)
      return loaded
    },
  }
}
export type MatrixStore = ReturnType<typeof createMatrixStore>

function uriOf(sha: string, ending: string): string {
  return `matrices/by-sha/${sha}.${ending}`
}

function rowColumns(m: Matrix): WritableColumns {
  return {
    ts: m.ts,
    session: m.session,
    hour_et: m.hourEt,
    open: m.open,
    high: m.high,
    low: m.low,
    close: m.close,
    volume: m.volume,
    ...Object.fromEntries(m.features.map((name, i) => [name, m.columns[i]!])),
    ret_fwd: m.retFwd,
    t1: m.t1,
    y: Int32Array.from(m.y),
    bar: m.bar,
    exit_bar: m.exitBar,
    ...(m.contractFilled ? { contract_filled: m.contractFilled } : {}),
  }
}

function pathColumns(p: PricePath): WritableColumns {
  const { openTs: open_ts, ts, session, open, high, low, close, volume } = p
  return { open_ts, ts, session, open, high, low, close, volume }
}

/** The documented columns, times as ISO text, missing values empty. */
function csvColumns(m: Matrix): WritableColumns {
  const isHourly = m.cadence === 'hourly'
  const isIntraday = m.cadence !== 'daily'
  const y = textColumn(m.rows, (row) => (m.y[row]! < 0 ? '' : m.classes[m.y[row]!]!))
  return {
    date: textColumn(m.rows, (row) => sessionDate(m.session[row]!)),
    ...(isIntraday ? { hour_et: m.hourEt } : {}),
    ts: textColumn(m.rows, (row) => isoTime(m.ts[row]!)),
    open: m.open,
    high: m.high,
    low: m.low,
    close: m.close,
    volume: m.volume,
    ...Object.fromEntries(m.features.map((name, i) => [name, m.columns[i]!])),
    ret_fwd: m.retFwd,
    ...(isHourly ? { ret_next_hour: m.retFwd } : {}),
    t1: textColumn(m.rows, (row) => (Number.isNaN(m.t1[row]!) ? '' : isoTime(m.t1[row]!))),
    y,
    y_syn: y,
  }
}

export function isoTime(ts: number): string {
  return new Date(ts).toISOString().replace('.000Z', 'Z')
}

function textColumn(rows: number, textOf: (row: number) => string) {
  const codeOf = new Map<string, number>()
  const codes = new Uint32Array(rows)
  for (let row = 0; row < rows; row++) {
    const text = textOf(row)
    let code = codeOf.get(text)
    if (code === undefined) {
      code = codeOf.size
      codeOf.set(text, code)
    }
    codes[row] = code
  }
  return { kind: 'text' as const, codes, dictionary: [...codeOf.keys()] }
}

function matrixOf(meta: MatrixMeta, columns: Columns): Matrix {
  const at = createReader(columns)
  const ts = at.double('ts')
  return {
    rows: ts.length,
    cadence: meta.cadence as Matrix['cadence'],
    ts,
    session: at.int('session'),
    hourEt: at.int('hour_et'),
    open: at.double('open'),
    high: at.double('high'),
    low: at.double('low'),
    close: at.double('close'),
    volume: at.double('volume'),
    features: meta.features,
    columns: meta.features.map((name) => at.double(name)),
    classes: meta.classes,
    y: Int8Array.from(at.int('y')),
    retFwd: at.double('ret_fwd'),
    t1: at.double('t1'),
    bar: at.int('bar'),
    exitBar: at.int('exit_bar'),
    contractFilled: columns['contract_filled'] ? at.double('contract_filled') : null,
  }
}

function pathOf(meta: MatrixMeta, columns: Columns): PricePath {
  const at = createReader(columns)
  const ts = at.double('ts')
  const cadence = meta.cadence as PricePath['cadence']
  return {
    bars: ts.length,
    cadence,
    barsPerSession: barsPerSession[cadence],
    openTs: at.double('open_ts'),
    ts,
    session: at.int('session'),
    open: at.double('open'),
    high: at.double('high'),
    low: at.double('low'),
    close: at.double('close'),
    volume: at.double('volume'),
  }
}

/** Columns by name, over shared memory, so that every worker reads the same bytes. */
function createReader(columns: Columns) {
  const column = (name: string) => {
    const found = columns[name]
    if (!found || 'kind' in found) throw new Error(`stored matrix lacks the number column ${name}`)
    return found
  }
  return {
    double(name: string): Float64Array {
      const values = column(name)
      const shared = new Float64Array(new SharedArrayBuffer(values.length * 8))
      shared.set(values)
      return shared
    },
    int(name: string): Int32Array {
      const values = column(name)
      const shared = new Int32Array(new SharedArrayBuffer(values.length * 4))
      shared.set(values)
      return shared
    },
  }
}
