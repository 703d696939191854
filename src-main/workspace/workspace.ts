import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { SigmaError } from '#shared/errors.ts'
import { syncFolder, writeFileAtomic } from './atomic-file.ts'
import { acquireLock } from './lock.ts'

/** Of the layout, not of the program: a newer one is refused. */
const layoutVersion = 1

export interface WorkspaceInfo {
  id: string
  created_at: string
  version: number
}

const folders = ['lake', 'matrices', 'artifacts', 'reports', 'sweeps', 'live_data', 'backups'] as const

export interface WorkspacePaths extends Record<(typeof folders)[number], string> {
  root: string
  packs: string
  ledger: string
}

export interface Workspace {
  info: WorkspaceInfo
  /** Made in this start. */
  isNew: boolean
  paths: WorkspacePaths
  /** Of the first admin; 64 hex digits. */
  token: string
  close: () => void
}

/**
 * Opens a workspace folder, making it where there is none, and locks it. `workspace.json` is written last: a folder without it is
 * one whose making was cut short, and is made again without touching what is whole. CONFLICT if another host has it.
 */
export async function openWorkspace(
  dir: string,
  {
    packsSource,
    clock,
    prepare,
  }: {
    packsSource: string
    clock: () => string
    /** What is to be done to the folder before anything in it is looked at; it is locked by then. */
    prepare?: (root: string) => Promise<void>
  },
): Promise<Workspace> {
  const root = resolve(dir)
  await mkdir(root, { recursive: true })
  const lock = acquireLock(join(root, '.lock'), clock())
  try {
    await prepare?.(root)
    const at = (name: string) => join(root, name)
    for (const folder of folders) await mkdir(at(folder), { recursive: true })
    const known = await readInfo(at('workspace.json'))
    if (!known) await copyPacks(packsSource, at('packs'))
    const token = await readToken(at('.token'))
    const info = known ?? { id: randomUUID(), created_at: clock(), version: layoutVersion }
    if (!known) await writeFileAtomic(at('workspace.json'), `${JSON.stringify(info, null, 2)}\n`)
    const named = Object.fromEntries(folders.map((folder) => [folder, at(folder)])) as Record<
      (typeof folders)[number],
      string
    >
    const paths = { ...named, root, packs: at('packs'), ledger: at('ledger.db') }
    return { info, isNew: !known, paths, token, close: lock.release }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function readInfo(path: string): Promise<WorkspaceInfo | undefined> {
  const text = await textOf(path)
  if (text === undefined) return undefined
  let info: Partial<WorkspaceInfo>
  try {
    info = JSON.parse(text) as Partial<WorkspaceInfo>
  } catch (cause) {
    throw new SigmaError('INTERNAL', `${path} is not valid JSON: ${(cause as Error).message}`, { cause })
  }
  const { id, created_at, version } = info
  if (typeof id !== 'string' || typeof created_at !== 'string' || typeof version !== 'number') {
    throw new SigmaError('INTERNAL', `${path} lacks id, created_at or version`)
  }
  if (version > layoutVersion) {
    throw new SigmaError(
      'CONFLICT',
      `${path} has version ${version}, made by a newer release; this one knows ${layoutVersion}`,
    )
  }
  return { id, created_at, version }
}

/** Copies beside and renames pack by pack, so that a pack is there whole or not at all; packs that are there stay. */
async function copyPacks(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true })
  for (const name of await readdir(source)) {
    if (name.startsWith('.') || (await exists(join(target, name)))) continue
    const partial = join(target, `.${name}.partial`)
    await rm(partial, { recursive: true, force: true })
    await cp(join(source, name), partial, { recursive: true })
    await rename(partial, join(target, name))
  }
  await syncFolder(target)
}

async function readToken(path: string): Promise<string> {
  const text = (await textOf(path))?.trim()
  if (text !== undefined && /^[0-9a-f]{64}$/.test(text)) {
    // Somebody may have copied the folder with laxer rights.
    await chmod(path, 0o600)
    return text
  }
  const token = newToken()
  await writeToken(path, token)
  return token
}

/** 64 hex digits that nobody can guess. */
export const newToken = (): string => randomBytes(32).toString('hex')

/** Replaces the token in a `.token` file, whole or not at all; only its owner may read it. */
export const writeToken = (path: string, token: string): Promise<void> =>
  writeFileAtomic(path, `${token}\n`, 0o600)

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined
    throw error
  }
}

const exists = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined)) !== undefined
