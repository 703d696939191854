import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { resolveInside } from '#main/workspace/safe-path.ts'
import { SigmaError } from '#shared/errors.ts'

export interface SourceFile {
  /** Full path. */
  path: string
  /** Path in the workspace, as requests give it. */
  uri: string
  bytes: number
  format: 'csv' | 'parquet'
  /** The first lines, for finding columns and separators. */
  head: Buffer
}

const headBytes = 64 * 1024

/** Looks at a file of the workspace. Throws INVALID_PARAM, naming it, for what is no CSV in UTF-8 and no Parquet. */
export async function openSource(root: string, uri: string, parameter = 'path'): Promise<SourceFile> {
  const path = resolveInside(root, uri, { parameter, mustExist: true })
  const { bytes, head } = await readHead(path, uri)
  const refuse = (why: string): never => {
    throw new SigmaError('INVALID_PARAM', `${uri} ${why}`)
  }
  if (bytes === 0) refuse('is empty')
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return { path, uri, bytes, format: 'parquet', head }
  if (head[0] === 0x50 && head[1] === 0x4b) refuse('is a ZIP archive or a spreadsheet: export it as CSV')
  if (head[0] === 0x1f && head[1] === 0x8b) refuse('is compressed with gzip: unpack it first')
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (isWide) refuse('is in UTF-16: save it as UTF-8')
  if (head.includes(0)) refuse('holds zero bytes, so it is no text in UTF-8: save it as CSV in UTF-8')
  // A character may be cut at the end of the head, a line break never.
  const whole = head.length < bytes ? head.subarray(0, head.lastIndexOf(10) + 1) : head
  if (!isUtf8(whole)) refuse('is not in UTF-8 (perhaps Windows-1252): save it as UTF-8')
  if (!whole.includes(10) && whole.includes(13))
    refuse('ends its lines with CR alone: save it with LF or CRLF')
  if (head.length < bytes && whole.length === 0)
    refuse('has no line break in its first 64 KiB: not a CSV of market data')
  if (head.toString('latin1').trim() === '') refuse('is empty')
  return { path, uri, bytes, format: 'csv', head: whole }
}

async function readHead(path: string, uri: string): Promise<{ bytes: number; head: Buffer }> {
  try {
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      const head = Buffer.alloc(Math.min(size, headBytes))
      await file.read(head, 0, head.length, 0)
      return { bytes: size, head }
    } finally {
      await file.close()
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const why = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : String(code)
    throw new SigmaError('INVALID_PARAM', `${uri} cannot be read: ${why}`, { cause })
  }
}
