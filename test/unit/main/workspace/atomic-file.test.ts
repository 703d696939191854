import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replaceAtomic, storageError, temporaryPath, writeFileAtomic } from '#main/workspace/atomic-file.ts'
import { SigmaError } from '#shared/errors.ts'

describe('atomic files', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sigma-atomic-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('are made with their folder and replaced whole', async () => {
    const file = join(folder, 'new', 'a.txt')
    await writeFileAtomic(file, 'one')
    await writeFileAtomic(file, new TextEncoder().encode('two'))
    expect(await readFile(file, 'utf8')).toBe('two')
    expect(await readdir(join(folder, 'new'))).toEqual(['a.txt'])
  })

  it('leave the old file and no temporary one when a write fails', async () => {
    const file = join(folder, 'taken')
    await mkdir(join(file, 'inside'), { recursive: true })
    await expect(writeFileAtomic(file, 'text')).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['taken'])
  })

  it('take over a finished temporary file', async () => {
    const file = join(folder, 'b.bin')
    const temporary = temporaryPath(file)
    await writeFile(temporary, 'done')
    await replaceAtomic(temporary, file)
    expect(await readFile(file, 'utf8')).toBe('done')
    expect(await readdir(folder)).toEqual(['b.bin'])
  })

  it('say STORAGE_FULL, with the file, when the disk is full', () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' })
    const told = storageError(full, '/lake/bars/SPY.parquet')
    expect(told).toBeInstanceOf(SigmaError)
    expect(told).toMatchObject({ code: 'STORAGE_FULL', message: 'no space left to write SPY.parquet' })
    const other = new Error('else')
    expect(storageError(other, 'x')).toBe(other)
  })
})
