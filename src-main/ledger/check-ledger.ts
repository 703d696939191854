import Database from 'better-sqlite3'
import { schemaVersion } from './migrate.ts'

/**
 * Notes in the copy of a ledger that the job which makes the copy is done, as it is once there is a copy to read: who restores it
 * would else be given the job again.
 */
export function endJobInCopy(path: string, job_id: number, now: string): void {
  const db = new Database(path, { fileMustExist: true })
  try {
    db.prepare(`UPDATE jobs SET status = 'completed', finished_at = ? WHERE id = ?`).run(now, job_id)
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

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
