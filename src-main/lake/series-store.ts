import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SigmaError } from '#shared/errors.ts'
import type { Columns } from './columns.ts'
import type { Duck } from './duck.ts'
import { commitChange, discardStaged, recoverChange, stagedFolder } from './lake-journal.ts'
import { readManifest, type SeriesEntry, type SeriesPart } from './manifest.ts'
import { mergeBySession, sessionsOf, sliceRows } from './merge-rows.ts'
import { factsOf } from './series-facts.ts'
import { fileOf, isSameSeries, nameOfSeries, partOf, type SeriesKey, splitByPart } from './series-files.ts'
import { quoteText } from './sql-text.ts'
import { type RowColumns, storedColumns } from './tables.ts'

export interface WriteOptions {
  /** Take the place of a series from another source, which is CONFLICT otherwise. */
  replace?: boolean
}

/** Series as Parquet files, by month or whole, and the manifest that says which are complete. */
export interface SeriesStore {
  entries: () => Promise<SeriesEntry[]>
  find: (key: SeriesKey) => Promise<SeriesEntry | undefined>
  /** Adds rows in time order; sessions that were there already are replaced. */
  put: (key: SeriesKey, source: string, rows: RowColumns, options?: WriteOptions) => Promise<void>
  /**
   * Changes a series part by part while nobody else may. Readers see it as it was until `commit`, and then as it is, whole, even
   * over a crash; without `commit` nothing has happened.
   */
  change: <T>(key: SeriesKey, work: (series: SeriesChange) => Promise<T>) => Promise<T>
  /** Rows of the files that touch the sessions, narrowed by `where`, in file order. */
  read: (entry: SeriesEntry, columns: string, where: string, sessions?: SessionSpan) => Promise<Columns>
}

export interface SeriesChange {
  /** Before the change, null where there is no such series. */
  source: string | null
  rows: number
  /** Names of its parts in time order. */
  parts: string[]
  /** A part as it was before the change. */
  read: (part: string) => Promise<RowColumns | undefined>
  /** What a part holds from now on; nothing takes it away. */
  put: (part: string, rows: RowColumns | null) => Promise<void>
  commit: (source: string) => Promise<void>
}

export interface SessionSpan {
  first: number
  last: number
}

export function createSeriesStore(folder: string, duck: Duck): SeriesStore {
  let loaded: Promise<SeriesEntry[]> | undefined
  let lastWrite: Promise<unknown> = Promise.resolve()

  function entries(): Promise<SeriesEntry[]> {
    loaded ??= load()
    return loaded
  }

  async function load(): Promise<SeriesEntry[]> {
    try {
      await recoverChange(folder)
      return await settle(await readManifest(join(folder, 'manifest.json')))
    } catch (cause) {
      // Nothing is known of the lake: the next reader tries again.
      loaded = undefined
      throw cause
    }
  }

  /** A file that is not as its entry says was changed by hand: what it holds is counted again. */
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

  async function runChange<T>(key: SeriesKey, work: (series: SeriesChange) => Promise<T>): Promise<T> {
    const series = await entries()
    const older = series.find((entry) => isSameSeries(entry, key))
    const byPart = new Map(older?.parts.map((part) => [partOf(key.kind, part.firstSession), part]))
    const next = new Map(byPart)
    const moves: { from: string; to: string }[] = []
    let isCommitted = false
    let facts: Pick<SeriesEntry, 'opensAtCloseShare' | 'derivedRows'> = {
      opensAtCloseShare: older?.opensAtCloseShare ?? null,
      derivedRows: older?.derivedRows ?? {},
    }
    try {
      return await work({
        source: older?.source ?? null,
        rows: older?.parts.reduce((sum, { rows }) => sum + rows, 0) ?? 0,
        parts: [...byPart.keys()],
        read: async (part) => {
          const known = byPart.get(part)
          return known && ((await readFiles([known.file], '*', 'true')) as RowColumns)
        },
        put: async (part, rows) => {
          if (rows === null) {
            next.delete(part)
            return
          }
          const from = `${stagedFolder}/${moves.length}.parquet`
          const to = fileOf(key, part)
          await duck.writeColumns(storedColumns(rows, key.kind), join(folder, from), 'parquet')
          next.set(part, { ...(await describe(from)), file: to })
          moves.push({ from, to })
          facts = factsOf(key, rows)
        },
        commit: async (source) => {
          const parts = [...next.values()].sort((a, b) => a.firstSession - b.firstSession)
          const { kind, ticker, cadence } = key
          const changed = parts.length > 0 ? [{ kind, ticker, cadence, source, parts, ...facts }] : []
          const all = [...series.filter((each) => !isSameSeries(each, key)), ...changed]
          all.sort((a, b) => (nameOfSeries(a) < nameOfSeries(b) ? -1 : 1))
          const removes = [...byPart].filter(([part]) => !next.has(part)).map(([, { file }]) => file)
          await commitChange(folder, all, { moves, removes })
          isCommitted = true
          // Readers wait for it: to them all files change at one moment. Should it fail here, they try again.
          loaded = undefined
          await entries().catch(() => undefined)
        },
      })
    } finally {
      if (!isCommitted) await discardStaged(folder)
    }
  }

  /** One change after the other: each begins with what the last one left. */
  function change<T>(key: SeriesKey, work: (series: SeriesChange) => Promise<T>): Promise<T> {
    const done = lastWrite.then(() => runChange(key, work))
    lastWrite = done.catch(() => undefined)
    return done
  }

  return {
    entries,
    find: async (key) => (await entries()).find((entry) => isSameSeries(entry, key)),
    change,
    put: (key, source, rows, { replace = false } = {}) =>
      change(key, async (series) => {
        if (sessionsOf(rows).length === 0)
          throw new SigmaError('NO_DATA', `no rows of ${nameOfSeries(key)} to store`)
        const joins = series.source === source
        if (series.source !== null && !joins && !replace) {
          throw new SigmaError(
            'CONFLICT',
            `${nameOfSeries(key)} comes from ${series.source}: ${source} would replace it`,
          )
        }
        const own = splitByPart(key.kind, rows)
        const gone = series.parts.filter((part) => !own.some((each) => each.part === part))
        if (!joins) for (const part of gone) await series.put(part, null)
        for (const { part, from, to } of own) {
          const older = joins ? await series.read(part) : undefined
          const slice = sliceRows(rows, from, to)
          await series.put(part, older === undefined ? slice : mergeBySession(older, slice))
        }
        await series.commit(source)
      }),
    read: async (entry, columns, where, sessions) => {
      await entries()
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
