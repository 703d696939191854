import Database from 'better-sqlite3'
import { SigmaError } from '#shared/errors.ts'
import { ownCheckpointPages } from './checkpoints.ts'

const leastVersion = [3, 51, 3] as const

/**
 * Opens a database for keeps: WAL, every commit on disk before it is acknowledged unless its transaction says otherwise, foreign keys
 * enforced. The settings hold for a connection only, so no other code may write to the ledger.
 * @param checkpointPages pages of the log from which on a commit moves them into the file
 */
export function openDatabase(path: string, checkpointPages = ownCheckpointPages.alone): Database.Database {
  const db = new Database(path, { timeout: 5000 })
  try {
    refuseOldSqlite(db)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('busy_timeout = 5000')
    db.pragma('cache_size = -32768')
    db.pragma(`wal_autocheckpoint = ${checkpointPages}`)
    db.pragma('journal_size_limit = 67108864')
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

/** Older releases can corrupt a database when the WAL is reset. */
function refuseOldSqlite(db: Database.Database): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get())
  const parts = version.split('.').map(Number)
  for (const [i, least] of leastVersion.entries()) {
    const part = parts[i] ?? 0
    if (part > least) return
    if (part < least) {
      throw new SigmaError(
        'INTERNAL',
        `SQLite ${version} is too old: ${leastVersion.join('.')} or newer is needed`,
      )
    }
  }
}
