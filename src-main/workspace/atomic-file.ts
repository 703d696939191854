import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SigmaError } from '#shared/errors.ts'

/** A name beside `path` that no reader looks for; what is left of a crash can be told by its ending. */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
}

/**
 * Writes a file so that readers see the old one or the new one, never a part: a synced temporary file is renamed over it and
 * the folder is synced. Throws STORAGE_FULL when the disk is full; the old file then stands.
 */
export async function writeFileAtomic(path: string, bytes: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await putFile(path, bytes, mode)
  await syncFolder(dirname(path))
}

/** The same for many files of one folder, by their names there; the folder is synced once. */
export async function writeFilesAtomic(
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  await Promise.all([...files].map(([name, bytes]) => putFile(join(folder, name), bytes, 0o644)))
  await syncFolder(folder)
}

async function putFile(path: string, bytes: string | Uint8Array, mode: number): Promise<void> {
  const temporary = temporaryPath(path)
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true })
    throw storageError(cause, path)
  }
}

/** Makes a finished temporary file of the same folder the file at `path`: sync, rename, sync of the folder. */
export async function replaceAtomic(temporary: string, path: string): Promise<void> {
  await syncAndClose(await open(temporary, 'r+'))
  await rename(temporary, path)
  await syncFolder(dirname(path))
}

/** The same where nothing may happen in between, such as before a migration. */
export function replaceAtomicSync(temporary: string, path: string): void {
  syncAndCloseSync(openSync(temporary, 'r+'))
  renameSync(temporary, path)
  if (process.platform !== 'win32') syncAndCloseSync(openSync(dirname(path), 'r'))
}

/** A full disk as STORAGE_FULL with the name of the file; anything else unchanged. */
export function storageError(cause: unknown, path: string): unknown {
  const text = cause instanceof Error ? `${'code' in cause ? cause.code : ''} ${cause.message}` : ''
  if (!/ENOSPC|EDQUOT|No space left|disk quota/i.test(text)) return cause
  return new SigmaError('STORAGE_FULL', `no space left to write ${basename(path)}`, { cause })
}

export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders for sync; its file system journals renames.
  if (process.platform === 'win32') return
  await syncAndClose(await open(folder, 'r'))
}

async function syncAndClose(file: FileHandle): Promise<void> {
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

function syncAndCloseSync(file: number): void {
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
