import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { replaceAtomic, storageError, temporaryPath } from '#main/workspace/atomic-file.ts'
import { SigmaError } from '#shared/errors.ts'

/** Folder of the workspace for files on their way into the lake. */
export const uploadFolder = 'imports'
const keptMs = 24 * 3_600_000
/** A file that stops arriving for so long is given up. */
const idleMs = 20_000

/** Stores a streamed file under the name of its content and returns its path in the workspace; it stays a day at most. */
export async function receiveUpload(
  root: string,
  { type, stream }: { type: string; stream: Readable },
): Promise<string> {
  const folder = join(root, uploadFolder)
  await mkdir(folder, { recursive: true })
  await removeOld(folder)
  const temporary = temporaryPath(join(folder, 'upload'))
  const hash = createHash('sha256')
  const stalled = new SigmaError('INVALID_PARAM', `the upload stopped: nothing came for ${idleMs / 1000} s`)
  const giveUp = setTimeout(() => stream.destroy(stalled), idleMs)
  try {
    await pipeline(
      stream,
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          giveUp.refresh()
          hash.update(piece)
          yield piece
        }
      },
      createWriteStream(temporary, { flags: 'wx', mode: 0o600 }),
    )
    const ending = type === 'text/csv' ? 'csv' : 'data'
    const name = `${hash.digest('hex').slice(0, 24)}.${ending}`
    await replaceAtomic(temporary, join(folder, name))
    return `${uploadFolder}/${name}`
  } catch (cause) {
    await rm(temporary, { force: true })
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
      throw new SigmaError('INVALID_PARAM', 'the upload was cut off before its end', { cause })
    }
    throw storageError(cause, join(folder, 'upload'))
  } finally {
    clearTimeout(giveUp)
  }
}

/** Forgets a received file once it is in the lake; files of the user's own folders stay. */
export async function forgetUpload(root: string, uri: string): Promise<void> {
  if (new RegExp(`^${uploadFolder}/[0-9a-f]{24}\\.(csv|data)$`).test(uri))
    await rm(join(root, uri), { force: true })
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const isOurs = /^(\.(upload|convert|spill)\..*\.tmp|[0-9a-f]{24}\.(csv|data))$/.test(name)
    const written = await stat(path).catch(() => undefined)
    if (isOurs && written && Date.now() - written.mtimeMs > keptMs) await rm(path, { force: true })
  }
}
