import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, realpathSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { resolveInside } from '#main/workspace/safe-path.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

function workspace() {
  const base = temporaryFolder()
  const root = join(base, 'ws')
  mkdirSync(join(root, 'matrices/m'), { recursive: true })
  mkdirSync(join(base, 'ws-sibling'))
  writeFileSync(join(base, 'ws-sibling/secret.csv'), 'secret')
  writeFileSync(join(root, 'matrices/m/x.csv'), 'x')
  const resolve = (path: string, rules: object = {}) =>
    resolveInside(root, path, { parameter: 'csv', ...rules })
  return { base, root, resolve }
}

describe('a path of a request', () => {
  test('inside the workspace is resolved, whether the file is there or not', () => {
    const { root, resolve } = workspace()
    const at = (path: string) => join(realpathSync(root), path)
    expect(resolve('matrices/m/x.csv', { mustExist: true })).toBe(at('matrices/m/x.csv'))
    expect(resolve('matrices/new/y.csv')).toBe(at('matrices/new/y.csv'))
    expect(resolve('matrices/m/é ü.csv')).toBe(at('matrices/m/é ü.csv'))
    expect(() => resolve('matrices/m/none.csv', { mustExist: true })).toThrow(
      'csv: "matrices/m/none.csv" does not exist',
    )
  })

  test.each([
    '',
    '.',
    '..',
    '/',
    '/etc/passwd',
    '///etc/passwd',
    '//server/share/x.csv',
    '\\\\server\\share\\x.csv',
    'C:\\x.csv',
    'C:/x.csv',
    'matrices\\m\\x.csv',
    '../ws-sibling/secret.csv',
    'matrices/../../ws-sibling/secret.csv',
    'matrices/m/../x.csv',
    './matrices/m/x.csv',
    'matrices//m/x.csv',
    'matrices/m/x.csv/',
    'matrices/m/x.csv\0.png',
    'matrices/m/x\n.csv',
    '%2e%2e/ws-sibling/secret.csv',
    '..%2fws-sibling/secret.csv',
    '~/x.csv',
    'matrices/m/x.csv.',
    'matrices/m/x.csv ',
    'matrices/m/x.csv:stream',
    'matrices/m',
    'ledger.db',
    'ledger.db-wal',
    'LEDGER.DB',
    '.lock',
    '.lock.holder',
    '.token',
    'workspace.json',
    'Workspace.JSON',
    'packs/.git/config',
    'x'.repeat(300),
    'matrices/m/x.csv/y.csv',
    'matrices/m/x.csv/y/z.csv',
  ])('%j is refused, naming parameter and value', (path) => {
    const { resolve } = workspace()
    const message = expect.stringContaining(`csv: ${JSON.stringify(path)} `)
    expect(() => resolve(path)).toThrow(expect.objectContaining({ code: 'INVALID_PARAM', message }))
  })

  test('may not leave by a link, to a file or a folder, there or not', () => {
    const { base, root, resolve } = workspace()
    symlinkSync(join(base, 'ws-sibling'), join(root, 'matrices/out'))
    symlinkSync(join(base, 'ws-sibling/secret.csv'), join(root, 'matrices/secret.csv'))
    symlinkSync(join(base, 'nowhere.csv'), join(root, 'matrices/dangling.csv'))
    symlinkSync(join(root, 'ledger.db'), join(root, 'matrices/ledger.csv'))
    writeFileSync(join(root, 'ledger.db'), '')
    symlinkSync('loop.csv', join(root, 'matrices/loop.csv'))
    for (const name of [
      'out/secret.csv',
      'out/new.csv',
      'secret.csv',
      'dangling.csv',
      'ledger.csv',
      'loop.csv',
      'dangling.csv/x',
    ]) {
      expect(() => resolve(`matrices/${name}`), name).toThrow(
        expect.objectContaining({ code: 'INVALID_PARAM' }),
      )
    }
    symlinkSync(join(root, 'matrices/m'), join(root, 'matrices/alias'))
    expect(resolve('matrices/alias/x.csv')).toBe(join(realpathSync(root), 'matrices/m/x.csv'))
  })

  test('is judged anew each time: a folder swapped for a link is seen', () => {
    const { base, root, resolve } = workspace()
    expect(resolve('matrices/m/secret.csv')).toContain('matrices/m/secret.csv')
    renameSync(join(root, 'matrices/m'), join(root, 'matrices/old'))
    symlinkSync(join(base, 'ws-sibling'), join(root, 'matrices/m'))
    expect(() => resolve('matrices/m/secret.csv')).toThrow('leads out of the workspace')
  })

  test('may not be a hard link or a pipe', () => {
    const { base, root, resolve } = workspace()
    linkSync(join(base, 'ws-sibling/secret.csv'), join(root, 'matrices/hard.csv'))
    expect(() => resolve('matrices/hard.csv')).toThrow('is a hard link')
    execFileSync('mkfifo', [join(root, 'matrices/pipe.csv')])
    expect(() => resolve('matrices/pipe.csv')).toThrow('is not a regular file')
  })

  test('works where the workspace itself is reached by a link', () => {
    const { base, root } = workspace()
    symlinkSync(root, join(base, 'link'))
    expect(resolveInside(join(base, 'link'), 'matrices/m/x.csv', { parameter: 'csv' })).toBe(
      join(realpathSync(root), 'matrices/m/x.csv'),
    )
  })
})
