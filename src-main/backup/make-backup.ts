import { constants } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { checkLedger, endJobInCopy } from '#main/ledger/check-ledger.ts'
import type { Ledger } from '#main/ledger/ledger.ts'
import { storageError, syncFolder } from '#main/workspace/atomic-file.ts'
import { SigmaError } from '#shared/errors.ts'
import { inBatches } from './in-batches.ts'
import { backedUp, backupFolder, freeName, hashFiles, type Manifest, writeManifest } from './manifest.ts'

interface BackupOptions {
  root: string
  ledger: Pick<Ledger, 'backup'>
  /** The job that makes the backup. */
  job_id: number
  version: string
  /** ISO 8601 UTC. */
  now: string
  /** Throws where the backup is no longer wanted. */
  checkpoint: () => void
  report: (done: number, total: number, note: string) => void
}

/**
 * Copies a workspace that is in use. The ledger goes first: files are written before the rows that name them, so every file that
 * the copied ledger names is still to come. The folder takes its name last, when the copy is whole and checked.
 */
export async function makeBackup(options: BackupOptions): Promise<Manifest> {
  const { root, ledger, job_id, version, now, checkpoint, report } = options
  const name = await freeName(root, now)
  const partial = backupFolder(root, `.${name}`)
  await mkdir(partial, { recursive: true })
  try {
    report(0, backedUp.length + 2, 'ledger')
    await ledger.backup(join(partial, 'ledger.db'))
    endJobInCopy(join(partial, 'ledger.db'), job_id, now)
    const { schema, faults } = checkLedger(join(partial, 'ledger.db'))
    if (faults.length > 0)
      throw new SigmaError('INTERNAL', `the copy of the ledger is not sound: ${faults[0]}`)
    for (const [i, folder] of backedUp.entries()) {
      report(1 + i, backedUp.length + 2, folder)
      await copyTree(join(root, folder), join(partial, folder), checkpoint)
    }
    report(backedUp.length + 1, backedUp.length + 2, 'checking')
    const files = await hashFiles(partial)
    checkpoint()
    const manifest: Manifest = { name, kind: 'asked_for', created_at: now, version, schema, files }
    await writeManifest(partial, manifest)
    await rename(partial, backupFolder(root, name))
    await syncFolder(join(root, 'backups'))
    return manifest
  } catch (cause) {
    await rm(partial, { recursive: true, force: true })
    throw storageError(cause, name)
  }
}

/** Copies regular files but hidden ones, which are unfinished; one that is gone by then was temporary. */
export async function copyTree(from: string, to: string, checkpoint: () => void): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(/[\\/]/).some((part) => part.startsWith('.')))
  const folders = new Set(['.', ...paths.map((path) => dirname(path))])
  await inBatches([...folders], (folder) => mkdir(join(to, folder), { recursive: true }))
  await inBatches(paths, async (path) => {
    checkpoint()
    await copyFile(join(from, path), join(to, path), constants.COPYFILE_FICLONE).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
      },
    )
  })
}
