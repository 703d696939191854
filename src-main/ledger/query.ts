import type Database from 'better-sqlite3'
import { SigmaError } from '#shared/errors.ts'

export type Value = string | number | null | Uint8Array
export type Clock = () => string

/** Prepared statements by their text, on one connection. Disk-full errors come out as STORAGE_FULL. */
export interface Query {
  all<Row>(sql: string, ...values: Value[]): Row[]
  get<Row>(sql: string, ...values: Value[]): Row | undefined
  /** Number of rows changed and the id of the last inserted one. */
  run(sql: string, ...values: Value[]): { changes: number; id: number }
  /**
   * All of `work` or nothing of it; inside another transaction it is a part of that. One that is not `synced` outlives a crash of
   * the program, but is on the disk only with the next that is: for what is computed again where a power cut took it. Whatever a cut
   * takes, it takes from the end.
   */
  transaction<T>(work: () => T, options?: { synced: boolean }): T
}

export function createQuery(db: Database.Database): Query {
  const statements = new Map<string, Database.Statement>()
  const prepare = (sql: string): Database.Statement => {
    let statement = statements.get(sql)
    if (statement === undefined) {
      statement = db.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }
  return {
    all: <Row>(sql: string, ...values: Value[]) => translated(() => prepare(sql).all(...values) as Row[]),
    get: <Row>(sql: string, ...values: Value[]) =>
      translated(() => prepare(sql).get(...values) as Row | undefined),
    run: (sql, ...values) =>
      translated(() => {
        const { changes, lastInsertRowid } = prepare(sql).run(...values)
        return { changes, id: Number(lastInsertRowid) }
      }),
    transaction: (work, { synced } = { synced: true }) =>
      translated(() => {
        const commit = () => db.transaction(work).immediate()
        return synced || db.inTransaction ? commit() : withoutSync(db, commit)
      }),
  }
}

/** A WAL that is not synced at each commit is still synced before its pages go into the database. */
function withoutSync<T>(db: Database.Database, work: () => T): T {
  db.pragma('synchronous = NORMAL')
  try {
    return work()
  } finally {
    db.pragma('synchronous = FULL')
  }
}

function translated<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = (error as { code?: unknown }).code
    if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
      throw new SigmaError('STORAGE_FULL', 'the disk of the workspace is full: nothing was stored', {
        cause: error,
      })
    }
    throw error
  }
}

export interface Page<Row> {
  rows: Row[]
  total: number
}

/** Conditions of a WHERE clause with their values; undefined ones are left out. */
export function where(conditions: Record<string, Value | undefined>): { clause: string; values: Value[] } {
  const given = Object.entries(conditions).filter((each): each is [string, Value] => each[1] !== undefined)
  return {
    clause: given.length === 0 ? '' : `WHERE ${given.map(([condition]) => condition).join(' AND ')}`,
    values: given.map(([, value]) => value),
  }
}

/** First text after every timestamp of a date (YYYY-MM-DD), so that ranges of dates include their end. */
export const endOfDate = (date: string | undefined): string | undefined =>
  date === undefined ? undefined : `${date}T24`

export const bit = (flag: boolean): number => (flag ? 1 : 0)
