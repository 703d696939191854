import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { checkLedger } from '#main/ledger/check-ledger.ts'
import { replaceAtomic, syncFolder, writeFileAtomic } from '#main/workspace/atomic-file.ts'
import { SigmaError } from '#shared/errors.ts'
import { copyTree } from './make-backup.ts'
import { backedUp, backupFolder, freeName, hashFiles, requireWhole, writeManifest } from './manifest.ts'

/** What a restore has to do; in the workspace from its wish to its last step, so that a crash on the way is gone on from. */
interface RestorePlan {
  name: string
  /** Where what is in the way goes, once the restore has begun. */
  keep: string | null
}

interface RestoreOptions {
  version: string
  /** ISO 8601 UTC. */
  now: string
  /** The newest that this release knows. */
  schema: number
  log: (line: string) => void
}

const planFile = (root: string): string => join(root, '.restore.json')

/** Name of the backup that the next start restores, null for none. */
export async function pendingRestore(root: string): Promise<string | null> {
  return (await readPlan(root))?.name ?? null
}

/** Has the next start restore a backup, or none. */
export async function wishRestore(root: string, name: string | null): Promise<void> {
  if (name === null) await rm(planFile(root), { force: true })
  else {
    await requireWhole(root, name)
    await writePlan(root, { name, keep: null })
  }
}

/**
 * Puts a backup in the place of what is there, if one is wanted; before the ledger is opened. What was there becomes a backup of its
 * own. Every step is one rename and is skipped where it is done, so a restore that was cut short ends the same.
 */
export async function applyRestore(
  root: string,
  { version, now, schema, log }: RestoreOptions,
): Promise<{ restored: string; kept: string } | null> {
  const wish = await readPlan(root)
  if (wish === null) return null
  try {
    const manifest = await requireWhole(root, wish.name)
    if (manifest.schema! > schema) {
      throw new SigmaError(
        'CONFLICT',
        `backup ${wish.name} has schema ${manifest.schema}, made by a newer release; this one knows schemas up to ${schema}`,
      )
    }
  } catch (error) {
    if (wish.keep !== null) throw error
    // Nothing was touched yet: the workspace opens as it is, and does not ask for the same again.
    await rm(planFile(root), { force: true })
    log(`nothing was restored: ${(error as Error).message}`)
    return null
  }
  const kept = wish.keep ?? (await freeName(root, now, '-before-restore'))
  if (wish.keep === null) await writePlan(root, { name: wish.name, keep: kept })
  const from = backupFolder(root, wish.name)
  // Hidden until it is whole, as every backup.
  const keep = backupFolder(root, `.${kept}`)
  const isKept = existsSync(backupFolder(root, kept))
  if (!isKept) {
    await mkdir(keep, { recursive: true })
    for (const item of ['ledger.db-wal', 'ledger.db', ...backedUp]) await setAside(root, keep, item)
    await rm(join(root, 'ledger.db-shm'), { force: true })
    const { schema: was, faults } = existsSync(join(keep, 'ledger.db'))
      ? checkLedger(join(keep, 'ledger.db'))
      : { schema: null, faults: [] }
    await writeManifest(keep, {
      ...{ name: kept, kind: 'before_restore', created_at: now, version },
      schema: faults.length === 0 ? was : null,
      files: await hashFiles(keep),
    })
    await rename(keep, backupFolder(root, kept))
    await syncFolder(join(root, 'backups'))
  }
  for (const folder of backedUp) {
    if (existsSync(join(root, folder))) continue
    const partial = join(root, `.${folder}.restoring`)
    await rm(partial, { recursive: true, force: true })
    await copyTree(join(from, folder), partial, () => {})
    await rename(partial, join(root, folder))
  }
  if (!existsSync(join(root, 'ledger.db'))) {
    const partial = join(root, '.ledger.db.restoring')
    await copyFile(join(from, 'ledger.db'), partial)
    await replaceAtomic(partial, join(root, 'ledger.db'))
  }
  await rm(planFile(root), { force: true })
  await syncFolder(root)
  return { restored: wish.name, kept }
}

/** An item that is aside already is left there: then what stands in its place is the restored one. */
async function setAside(root: string, keep: string, item: string): Promise<void> {
  if (existsSync(join(root, item)) && !existsSync(join(keep, item))) {
    await rename(join(root, item), join(keep, item))
  }
}

async function readPlan(root: string): Promise<RestorePlan | null> {
  const text = await readFile(planFile(root), 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as RestorePlan)
}

const writePlan = (root: string, plan: RestorePlan): Promise<void> =>
  writeFileAtomic(planFile(root), `${JSON.stringify(plan)}\n`)
