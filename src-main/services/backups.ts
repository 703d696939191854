import { setTimeout } from 'node:timers/promises'
import { makeBackup } from '#main/backup/make-backup.ts'
import { listManifests, rowOf } from '#main/backup/manifest.ts'
import { pendingRestore, wishRestore } from '#main/backup/restore-backup.ts'
import type { BackupRow } from '#shared/contract/backups.ts'
import type { ServiceContext } from './context.ts'
import type { BackupService } from './index.ts'

type Dependencies = Pick<ServiceContext, 'root' | 'ledger' | 'runner' | 'clock' | 'announce'> & {
  version: string
}

/** Longest that a reply waits for its backup. */
const mostWaitMs = 5000

/** Backups of the workspace, made while it is in use and restored when it is opened. */
export function createBackupService({
  root,
  ledger,
  runner,
  clock,
  announce,
  version,
}: Dependencies): BackupService {
  runner.define<null, BackupRow>('backup', {
    title: 'Backup',
    maxConcurrent: 1,
    run: async (_input, { job_id, checkpoint, report }) => {
      const manifest = await makeBackup({
        ...{ root, ledger, job_id, version, now: clock(), checkpoint },
        report: (done, total, note) => report({ done, total, note }),
      })
      announce('result', { kind: 'backup', name: manifest.name })
      return rowOf(manifest)
    },
  })

  return {
    async create() {
      const job = runner.submit('backup', null, { priority: 'interactive' })
      const made = runner.wait<BackupRow>(job.job_id)
      const isLong = Symbol('long')
      const first = await Promise.race([made, setTimeout(mostWaitMs, isLong, { ref: false })])
      // From here on the job itself says how it ends.
      if (first === isLong) made.catch(() => {})
      return { job_id: String(job.job_id), backup: typeof first === 'symbol' ? null : first }
    },
    async list() {
      const manifests = await listManifests(root)
      return {
        backups: manifests.map(rowOf),
        total: manifests.length,
        pending_restore: await pendingRestore(root),
      }
    },
    async prepareRestore({ name }) {
      await wishRestore(root, name)
      const message =
        name === null
          ? 'nothing will be restored'
          : `${name} will be restored when the host starts next; what is here then becomes a backup of its own`
      return { pending_restore: name, message }
    },
  }
}
