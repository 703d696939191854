import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { replaceAtomicSync } from '#main/workspace/atomic-file.ts'
import { openWorkspace } from '#main/workspace/workspace.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

const clock = () => '2024-01-01T00:00:00.000Z'

function source() {
  const packsSource = temporaryFolder()
  for (const pack of ['alpha', 'beta']) {
    mkdirSync(join(packsSource, pack, 'model_configs'), { recursive: true })
    writeFileSync(join(packsSource, pack, 'pack.yaml'), `id: ${pack}\n`)
    writeFileSync(join(packsSource, pack, 'model_configs/m.yaml'), 'model_id: m\n')
  }
  const root = join(temporaryFolder(), 'new/workspace')
  return { packsSource, root, open: () => openWorkspace(root, { packsSource, clock }) }
}

describe('a workspace', () => {
  test('is made on first start with packs, folders, id and a token of its owner’s only', async () => {
    const { root, open } = source()
    const workspace = await open()
    expect(workspace).toMatchObject({
      isNew: true,
      info: { created_at: clock(), version: 1 },
      token: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(statSync(join(root, '.token')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(root, 'packs/beta/model_configs/m.yaml'), 'utf8')).toBe('model_id: m\n')
    for (const folder of ['lake', 'matrices', 'artifacts', 'reports', 'sweeps', 'live_data', 'backups']) {
      expect(readdirSync(join(root, folder))).toEqual([])
    }
    workspace.close()
  })

  test('stays what it is on the next start: id, token, edited and deleted packs', async () => {
    const { root, open } = source()
    const first = await open()
    first.close()
    writeFileSync(join(root, 'packs/alpha/pack.yaml'), 'id: mine\n')
    rmSync(join(root, 'packs/beta'), { recursive: true })
    chmodSync(join(root, '.token'), 0o644)
    const second = await open()
    expect(second).toMatchObject({ isNew: false, info: first.info, token: first.token })
    expect(readFileSync(join(root, 'packs/alpha/pack.yaml'), 'utf8')).toBe('id: mine\n')
    expect(existsSync(join(root, 'packs/beta'))).toBe(false)
    expect(statSync(join(root, '.token')).mode & 0o777).toBe(0o600)
    second.close()
  })

  test('whose making was cut short is completed on the next start', async () => {
    const { root, open } = source()
    mkdirSync(join(root, 'packs/.beta.partial/model_configs'), { recursive: true })
    mkdirSync(join(root, 'packs/alpha'))
    writeFileSync(join(root, 'packs/alpha/pack.yaml'), 'id: whole\n')
    const workspace = await open()
    expect(workspace.isNew).toBe(true)
    expect(readFileSync(join(root, 'packs/alpha/pack.yaml'), 'utf8')).toBe('id: whole\n')
    expect(readdirSync(join(root, 'packs')).sort()).toEqual(['alpha', 'beta'])
    expect(existsSync(join(root, 'packs/beta/model_configs/m.yaml'))).toBe(true)
    workspace.close()
  })

  test('has one host: a second start is refused until the first is closed', async () => {
    const { open } = source()
    const first = await open()
    await expect(open()).rejects.toMatchObject({ code: 'CONFLICT', message: /in use by process \d+ on / })
    first.close()
    const second = await open()
    second.close()
  })

  test('of a newer release is refused, a damaged one named, and neither stays locked', async () => {
    const { root, open } = source()
    const workspace = await open()
    workspace.close()
    const file = join(root, 'workspace.json')
    writeFileSync(file, JSON.stringify({ ...workspace.info, version: 2 }))
    await expect(open()).rejects.toThrow(/has version 2, made by a newer release/)
    writeFileSync(file, '{')
    await expect(open()).rejects.toThrow(/workspace\.json is not valid JSON/)
    writeFileSync(file, '{}')
    await expect(open()).rejects.toThrow(/lacks id, created_at or version/)
    writeFileSync(file, JSON.stringify(workspace.info))
    const again = await open()
    again.close()
  })
})

test('a temporary file takes the place of another in one step', () => {
  const dir = temporaryFolder()
  const path = join(dir, 'x.db')
  writeFileSync(path, 'old')
  writeFileSync(join(dir, 'temp'), 'new')
  replaceAtomicSync(join(dir, 'temp'), path)
  expect([readFileSync(path, 'utf8'), readdirSync(dir)]).toEqual(['new', ['x.db']])
})
