import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import Database from 'better-sqlite3'
import { SigmaError } from '#shared/errors.ts'

interface LockHolder {
  pid: number
  host: string
  since: string
}

export interface WorkspaceLock {
  release(): void
}

/**
 * Makes this process the one host of a workspace, or throws CONFLICT naming the process that is. The operating system keeps the
 * lock for SQLite, so it goes with the process however that ends. Nothing else may open the lock file: on POSIX, closing any
 * handle of a file drops the process's locks on it. The holder's name is in a file beside it, since the lock shuts readers out.
 */
export function acquireLock(path: string, now: string): WorkspaceLock {
  const holderPath = `${path}.holder`
  const db = new Database(path, { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
    writeFileSync(holderPath, JSON.stringify({ pid: process.pid, host: hostname(), since: now }))
  } catch (error) {
    db.close()
    if (!String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) throw error
    const holder = readHolder(holderPath)
    throw new SigmaError('CONFLICT', `the workspace is in use by ${describe(holder)}`, {
      cause: error,
      ...(holder && { details: { ...holder } }),
    })
  }
  return {
    release() {
      if (!db.open) return
      rmSync(holderPath, { force: true })
      db.close()
    },
  }
}

/** The name of a dead process is that of an earlier holder: the winner of a race has not yet written its own. */
function readHolder(path: string): LockHolder | undefined {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      const holder = JSON.parse(readFileSync(path, 'utf8')) as LockHolder
      if (holder.host !== hostname() || isAlive(holder.pid)) return holder
    } catch {
      // Not written yet, or half of it.
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
  }
  return undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM'
  }
}

const describe = (holder: LockHolder | undefined): string =>
  holder ? `process ${holder.pid} on ${holder.host} since ${holder.since}` : 'another process'
