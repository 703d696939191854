import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { writeFileAtomic } from '#main/workspace/atomic-file.ts'
import type { BackupRow } from '#shared/contract/backups.ts'
import { SigmaError } from '#shared/errors.ts'
import { inBatches } from './in-batches.ts'

/** What a backup holds, beside the ledger. Market data and matrices are left out: they are large, and made again or never changed. */
export const backedUp = ['packs', 'artifacts', 'reports', 'sweeps', 'live_data'] as const

interface BackupFile {
  /** Relative to the backup, with slashes. */
  path: string
  bytes: number
  sha256: string
}

export interface Manifest extends Omit<BackupRow, 'path' | 'files' | 'bytes'> {
  files: BackupFile[]
}

const file = 'manifest.json'

export const backupFolder = (root: string, name: string): string => join(root, 'backups', name)

/** Thousands of small files are read whole: a stream for each takes twice as long. */
async function shaOfFile(path: string, bytes: number): Promise<string> {
  const hash = createHash('sha256')
  if (bytes < 1_000_000) hash.update(await readFile(path))
  else await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Every file below a folder, hashed, in the order of paths. */
export async function hashFiles(folder: string): Promise<BackupFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path !== join(folder, file))
  const files = await inBatches(paths, async (path) => {
    const { size: bytes } = await stat(path)
    const sha256 = await shaOfFile(path, bytes)
    return { path: relative(folder, path).split(sep).join('/'), bytes, sha256 }
  })
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFileAtomic(join(folder, file), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** null where there is no whole backup of that name. */
export async function readManifest(root: string, name: string): Promise<Manifest | null> {
  try {
    const manifest = JSON.parse(await readFile(join(backupFolder(root, name), file), 'utf8')) as Manifest
    return manifest.name === name && Array.isArray(manifest.files) ? manifest : null
  } catch {
    // A folder without a manifest that can be read is no backup of ours.
    return null
  }
}

/** Newest first. */
export async function listManifests(root: string): Promise<Manifest[]> {
  const names = await readdir(join(root, 'backups')).catch(() => [])
  const found = await Promise.all(
    names.filter((name) => !name.startsWith('.')).map((name) => readManifest(root, name)),
  )
  const manifests = found.filter((each) => each !== null)
  return manifests.sort((a, b) => (a.name < b.name ? 1 : -1))
}

/** A name by the second, with a number where the second has one already. */
export async function freeName(root: string, now: string, ending = ''): Promise<string> {
  const stamp = `${now.replace(/[-:]/g, '').slice(0, 15)}Z`
  const taken = new Set(await readdir(join(root, 'backups')).catch(() => [] as string[]))
  for (let number = 1; ; number++) {
    const name = `${stamp}${number === 1 ? '' : `-${number}`}${ending}`
    if (!taken.has(name) && !taken.has(`.${name}`)) return name
  }
}

/** INVALID_PARAM saying what is wrong with a backup; nothing where it can be restored. */
export async function requireWhole(root: string, name: string): Promise<Manifest> {
  const manifest = await readManifest(root, name)
  if (manifest === null) throw new SigmaError('NOT_FOUND', `there is no backup ${name}`)
  const refuse = (why: string): never => {
    throw new SigmaError('CONFLICT', `backup ${name} cannot be restored: ${why}`)
  }
  if (manifest.schema === null) refuse('its ledger could not be read when it was made')
  const now = new Map((await hashFiles(backupFolder(root, name))).map((each) => [each.path, each.sha256]))
  for (const { path, sha256 } of manifest.files) {
    if (now.get(path) !== sha256) refuse(`${path} is ${now.has(path) ? 'not what was written' : 'missing'}`)
  }
  return manifest
}

export function rowOf({ files, ...manifest }: Manifest): BackupRow {
  return {
    ...manifest,
    path: `backups/${manifest.name}`,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
