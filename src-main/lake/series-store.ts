import { createHash } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sessionDate } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { Columns } from './columns.ts'
import { type Duck, quoteText } from './duck.ts'
import { readManifest, type SeriesEntry, type SeriesPart, writeManifest } from './manifest.ts'
import { mergeBySession, sessionsOf, sliceRows } from './merge-rows.ts'
import { type RowColumns, storedColumns } from './tables.ts'

export type SeriesKey = Pick<SeriesEntry, 'kind' | 'ticker' | 'cadence'>
export type SeriesFacts = Pick<SeriesEntry, 'opensAtCloseShare' | 'derivedRows'>

export interface WriteOptions {
  /** Take the place of a series from another source, which is CONFLICT otherwise. */
  replace?: boolean
  /** The rows are the whole series from now on; nothing of what was there stays. */
  whole?: boolean
}

/** Series as Parquet files, by month or whole, and the manifest that says which are complete. */
export interface SeriesStore {
  entries: () => Promise<SeriesEntry[]>
  find: (key: SeriesKey) => Promise<SeriesEntry | undefined>
  /**
   * Adds rows in time order; sessions that were there already are replaced. `factsOf` sees the rows of the last file written.
   * Readers see the series as it was until all of its files and the manifest are written.
   */
  put: (
    key: SeriesKey,
    source: string,
    rows: RowColumns,
    options?: WriteOptions,
    factsOf?: (rows: RowColumns) => SeriesFacts,
  ) => Promise<void>
  /** Takes a series out of the lake. */
  remove: (key: SeriesKey) => Promise<void>
  /** Rows of the files that touch the sessions, narrowed by `where`, in file order. */
  read: (entry: SeriesEntry, columns: string, where: string, sessions?: SessionSpan) => Promise<Columns>
}

export interface SessionSpan {
  first: number
  last: number
}

const noFacts: SeriesFacts = { opensAtCloseShare: null, derivedRows: {} }

export function createSeriesStore(folder: string, duck: Duck): SeriesStore {
  const manifestPath = join(folder, 'manifest.json')
  let loaded: Promise<SeriesEntry[]> | undefined
  let lastWrite: Promise<unknown> = Promise.resolve()

  const entries = () => {
    loaded ??= readManifest(manifestPath).then((series) => settle(series))
    return loaded
  }

  /** A crash between a file and the manifest leaves a file newer than its entry: what it holds is counted again. */
  async function settle(series: SeriesEntry[]): Promise<SeriesEntry[]> {
    const settled: SeriesEntry[] = []
    for (const entry of series) {
      const parts: SeriesPart[] = []
      for (const part of entry.parts) {
        const bytes = await stat(join(folder, part.file)).then(
          ({ size }) => size,
          () => null,
        )
        if (bytes === part.bytes) parts.push(part)
        else if (bytes !== null) parts.push(await describe(part.file))
      }
      if (parts.length > 0) settled.push({ ...entry, parts })
    }
    return settled
  }

  async function describe(file: string): Promise<SeriesPart> {
    const columns = await readFiles([file], '*', 'true')
    const hash = createHash('sha256')
    for (const [name, values] of Object.entries(columns)) {
      if ('kind' in values) throw new SigmaError('INTERNAL', `lake/${file} has the text column ${name}`)
      hash.update(name).update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    }
    const session = sessionsOf(columns as RowColumns)
    const { size } = await stat(join(folder, file))
    return {
      file,
      firstSession: session[0]!,
      lastSession: session.at(-1)!,
      rows: session.length,
      bytes: size,
      sha: hash.digest('hex'),
    }
  }

  function readFiles(files: string[], columns: string, where: string): Promise<Columns> {
    const list = files.map((file) => quoteText(join(folder, file))).join(', ')
    return duck.readColumns(`SELECT ${columns} FROM read_parquet([${list}]) WHERE ${where}`)
  }

  async function write(
    key: SeriesKey,
    source: string,
    rows: RowColumns,
    options: WriteOptions,
    factsOf: (rows: RowColumns) => SeriesFacts,
  ): Promise<void> {
    if (sessionsOf(rows).length === 0) throw new SigmaError('NO_DATA', `no rows of ${nameOf(key)} to store`)
    const series = await entries()
    const older = series.find((entry) => isSame(entry, key))
    const isSameSource = older?.source === source
    if (older !== undefined && !isSameSource && options.replace !== true) {
      throw new SigmaError(
        'CONFLICT',
        `${nameOf(key)} comes from ${older.source}: ${source} would replace it`,
      )
    }
    const keepsOlder = isSameSource && options.whole !== true
    const parts = new Map((keepsOlder ? older.parts : []).map((part) => [part.file, part]))
    let facts = noFacts
    for (const { file, from, to } of filesOf(key, rows)) {
      let own = sliceRows(rows, from, to)
      if (parts.has(file)) own = mergeBySession((await readFiles([file], '*', 'true')) as RowColumns, own)
      await duck.writeColumns(storedColumns(own, key.kind), join(folder, file), 'parquet')
      parts.set(file, await describe(file))
      facts = factsOf(own)
    }
    const ordered = [...parts.values()].sort((a, b) => a.firstSession - b.firstSession)
    const entry: SeriesEntry = { ...key, source, parts: ordered, ...facts }
    const others = series.filter((each) => !isSame(each, key))
    const next = [...others, entry].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    await writeManifest(manifestPath, next)
    loaded = Promise.resolve(next)
    for (const { file } of older?.parts ?? [])
      if (!parts.has(file)) await rm(join(folder, file), { force: true })
  }

  async function remove(key: SeriesKey): Promise<void> {
    const series = await entries()
    const others = series.filter((each) => !isSame(each, key))
    await writeManifest(manifestPath, others)
    loaded = Promise.resolve(others)
    for (const { parts } of series.filter((each) => isSame(each, key)))
      for (const { file } of parts) await rm(join(folder, file), { force: true })
  }

  /** One write after the other: each begins with the manifest that the last one left. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = lastWrite.then(work)
    lastWrite = done.catch(() => undefined)
    return done
  }

  return {
    entries,
    find: async (key) => (await entries()).find((entry) => isSame(entry, key)),
    put: (key, source, rows, options = {}, factsOf = () => noFacts) =>
      inTurn(() => write(key, source, rows, options, factsOf)),
    remove: (key) => inTurn(() => remove(key)),
    read: (entry, columns, where, sessions) => {
      const touched = entry.parts.filter(
        (part) => !sessions || (part.lastSession >= sessions.first && part.firstSession <= sessions.last),
      )
      // No file touches the range: one of them, with no row wanted, still gives the right empty columns.
      if (touched.length === 0) return readFiles([entry.parts[0]!.file], columns, `false AND ${where}`)
      return readFiles(
        touched.map((part) => part.file),
        columns,
        where,
      )
    },
  }
}

function isSame(a: SeriesKey, b: SeriesKey): boolean {
  return a.kind === b.kind && a.ticker === b.ticker && a.cadence === b.cadence
}

/** How messages and the order of the manifest call a series. */
function nameOf({ kind, ticker, cadence }: SeriesKey): string {
  return [ticker, cadence, kind].filter(Boolean).join(' ')
}

/** Files of a table and the rows that go into each: bars and index levels whole, options by month. */
function filesOf(
  { kind, ticker, cadence }: SeriesKey,
  rows: RowColumns,
): { file: string; from: number; to: number }[] {
  const session = sessionsOf(rows)
  if (kind === 'index') return [{ file: 'index/daily.parquet', from: 0, to: session.length }]
  if (kind === 'bars') return [{ file: `bars/${cadence}/${ticker}.parquet`, from: 0, to: session.length }]
  const folder = kind === 'chain' ? 'chains' : 'option_minutes'
  const files: { file: string; from: number; to: number }[] = []
  let month = ''
  for (let row = 0; row < session.length; row++) {
    if (row > 0 && session[row] === session[row - 1]) continue
    const ownMonth = sessionDate(session[row]!).slice(0, 7)
    if (ownMonth === month) continue
    if (files.length > 0) files.at(-1)!.to = row
    month = ownMonth
    files.push({ file: `${folder}/${ticker}/${month}.parquet`, from: row, to: session.length })
  }
  return files
}
