import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

// The program of the thread that moves the log of the ledger into its file. It reads no row and writes none.

const port = parentPort!
const db = new Database(workerData as string, { fileMustExist: true })
db.pragma('wal_autocheckpoint = 0')
db.pragma('synchronous = FULL')
port.on('message', (asked) => {
  if (asked === 'close') {
    db.close()
    port.close()
    return
  }
  // As much as goes without making a writer or a reader wait.
  db.pragma('wal_checkpoint(PASSIVE)')
  port.postMessage('done')
})
