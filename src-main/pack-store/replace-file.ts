import { lstatSync, renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { syncFolder, temporaryPath, writeFileAtomic } from '#main/workspace/atomic-file.ts'
import { SigmaError } from '#shared/errors.ts'
import { readText } from './pack-files.ts'

/**
 * Replaces a file only if it still holds `expected` (null: only if there is none). The new text is staged and synced beside it, and
 * between the last look at the old file and the rename nothing else of this process can run.
 * @throws CONFLICT if somebody else wrote the file in the meantime
 */
export async function replaceFile(
  root: string,
  path: string,
  expected: string | null,
  text: string,
): Promise<void> {
  const target = join(root, path)
  const staged = temporaryPath(target)
  await writeFileAtomic(staged, text)
  try {
    requireUnchanged(target, path, expected)
    renameSync(staged, target)
  } catch (cause) {
    await rm(staged, { force: true })
    throw cause
  }
  await syncFolder(dirname(target))
}

function requireUnchanged(target: string, path: string, expected: string | null): void {
  const stats = lstatSync(target, { throwIfNoEntry: false })
  if (expected === null) {
    if (stats === undefined) return
    throw new SigmaError('CONFLICT', `${path} exists already`)
  }
  if (stats?.isFile() !== true)
    throw new SigmaError('CONFLICT', `${basename(path)} is gone or no longer a file`)
  if (readText(target).text !== expected) {
    throw new SigmaError('CONFLICT', `${path} was changed on disk; look at it again and retry`)
  }
}
