import Database from 'better-sqlite3'
import { schemaVersion } from './migrate.ts'

/** Schema of a ledger that nobody has open, and what SQLite finds wrong in it. Brings a WAL that lies beside it into the file. */
export function checkLedger(path: string): { schema: number | null; faults: string[] } {
  let db: Database.Database | undefined
  try {
    db = new Database(path, { fileMustExist: true })
    const rows = db.pragma('integrity_check') as { integrity_check: string }[]
    const faults = rows.map(({ integrity_check }) => integrity_check).filter((text) => text !== 'ok')
    db.pragma('wal_checkpoint(TRUNCATE)')
    return { schema: schemaVersion(db), faults }
  } catch (error) {
    return { schema: null, faults: [(error as Error).message] }
  } finally {
    db?.close()
  }
}
