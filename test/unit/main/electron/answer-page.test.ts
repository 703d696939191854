import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createAnswerer, type Sender } from '#main/electron/answer-page.ts'
import { createDesktopHandlers, type SystemParts } from '#main/electron/desktop-handlers.ts'
import { isWorkstation } from '#main/electron/page-policy.ts'
import type { DesktopMethod } from '#shared/contract/desktop.ts'
import { SigmaError } from '#shared/errors.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

const origin = 'http://127.0.0.1:8001'
const page: Sender = { isWindow: true, isMainFrame: true, url: `${origin}/#/data` }

/** A window over a workspace, whose system answers as `parts` say; `done` is what it was asked to do. */
function openBridge(parts: Partial<SystemParts> = {}) {
  const base = temporaryFolder()
  const root = join(base, 'workspace')
  mkdirSync(join(root, 'reports'), { recursive: true })
  writeFileSync(join(root, 'ledger.db'), 'ledger')
  const done: unknown[][] = []
  const log: string[] = []
  const state = { source: 'none', obstacle: null } as const
  const system: SystemParts = {
    root,
    version: '1.2.3',
    vendorKey: {
      env: {},
      state: () => state,
      keep: async (key) => void done.push(['keep', key]),
      forget: async () => void done.push(['forget']),
    },
    askForFile: async () => undefined,
    askWhereToSave: async () => undefined,
    openFolder: async (path) => {
      done.push(['open', path])
      return ''
    },
    notify: (message) => void done.push(['notify', message.title]),
    showCommands: (commands) => void done.push(['commands', commands.length]),
    ...parts,
  }
  const answer = createAnswerer(createDesktopHandlers(system), {
    isTrusted: ({ isWindow, isMainFrame, url }) => isWindow && isMainFrame && isWorkstation(url, origin),
    log: (line) => log.push(line),
  })
  const ask = (method: DesktopMethod, request: unknown = {}, sender = page) => answer(method, sender, request)
  return { base, root, done, log, ask }
}

const refused = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } })

describe('a request of the page to the window', () => {
  test.each<[string, Partial<Sender>]>([
    ['another window', { isWindow: false }],
    ['a frame inside of the page', { isMainFrame: false }],
    ['another origin', { url: 'https://example.org/' }],
    ['another port of this machine', { url: 'http://127.0.0.1:8002/' }],
    ['another page of the host', { url: `${origin}/docs` }],
    ['no page at all', { url: '' }],
  ])('is refused from %s, before anything is done', async (_, part) => {
    const { ask, done } = openBridge()
    for (const method of ['describe', 'keepVendorKey', 'openFolder', 'saveFile'] as const) {
      expect(await ask(method, {}, { ...page, ...part })).toEqual(refused('FORBIDDEN'))
    }
    expect(done).toEqual([])
  })

  test.each<[DesktopMethod, string, unknown]>([
    ['describe', 'a number', 7],
    ['describe', 'null', null],
    ['describe', 'a field it does not have', { extra: 1 }],
    ['openFolder', 'no path', {}],
    ['openFolder', 'a number as path', { path: 7 }],
    ['openFolder', 'a path without end', { path: 'x'.repeat(501) }],
    ['saveFile', 'a name that leaves its folder', { name: '../escape.csv', text: '' }],
    ['saveFile', 'a path as name', { name: 'a/b.csv', text: '' }],
    ['saveFile', 'a hidden name', { name: '.hidden.csv', text: '' }],
    ['saveFile', 'a program', { name: 'run.exe', text: '' }],
    ['saveFile', 'no text', { name: 'run.csv' }],
    ['saveFile', 'a list as text', { name: 'run.csv', text: ['x'] }],
    ['keepVendorKey', 'a key without end', { key: 'x'.repeat(201) }],
    ['notify', 'an empty title', { title: '', body: 'b', hash: '#/home' }],
    ['notify', 'an address as link', { title: 't', body: 'b', hash: 'https://example.org' }],
    ['notify', 'a link over two lines', { title: 't', body: 'b', hash: '#/home?a=\n' }],
    ['notify', 'a title over two lines', { title: 't\n', body: 'b', hash: '#/home' }],
    ['showCommands', 'an unknown group', { commands: [{ id: 'a', title: 'A', group: 'file' }] }],
    ['showCommands', 'a role', { commands: [{ id: 'a', title: 'A', group: 'go', role: 'quit' }] }],
    ['showCommands', 'too many', { commands: Array(61).fill({ id: 'a', title: 'A', group: 'go' }) }],
  ])('%s is refused as INVALID_PARAM for %s', async (method, _, request) => {
    const { ask, done } = openBridge({ askWhereToSave: async () => '/nowhere/x.csv' })
    expect(await ask(method, request)).toEqual(refused('INVALID_PARAM'))
    expect(done).toEqual([])
  })

  test('that is refused for its key does not repeat the key', async () => {
    const { ask, log } = openBridge()
    const answer = await ask('keepVendorKey', { key: `canary-${'x'.repeat(300)}` })
    expect(JSON.stringify([answer, log])).not.toContain('canary')
  })

  test('gets the error of the product with its details, and the unforeseen masked and logged', async () => {
    const known = openBridge({
      openFolder: async () => {
        throw new SigmaError('QUOTA_EXCEEDED', 'too many windows', { details: { limit: 3 } })
      },
    })
    expect(await known.ask('openFolder', { path: '' })).toEqual({
      ok: false,
      error: { code: 'QUOTA_EXCEEDED', message: 'too many windows', details: { limit: 3 } },
    })
    const unforeseen = openBridge({
      openFolder: async () => {
        throw new Error('secret of the inside')
      },
    })
    const answer = await unforeseen.ask('openFolder', { path: '' })
    expect(answer).toEqual(refused('INTERNAL'))
    expect(JSON.stringify(answer)).not.toContain('secret')
    expect(unforeseen.log.join()).toContain('secret of the inside')
  })
})

describe('the window', () => {
  test('says its version and where the key comes from', async () => {
    expect(await openBridge().ask('describe')).toEqual({
      ok: true,
      value: { version: '1.2.3', vendor_key: { source: 'none', obstacle: null } },
    })
  })

  test('opens folders of the workspace and nothing else', async () => {
    const { ask, base, root, done } = openBridge()
    symlinkSync(base, join(root, 'out'))
    expect(await ask('openFolder', { path: '' })).toEqual({ ok: true, value: null })
    expect(await ask('openFolder', { path: 'reports' })).toEqual({ ok: true, value: null })
    const real = realpathSync(root)
    expect(done).toEqual([
      ['open', real],
      ['open', join(real, 'reports')],
    ])
    for (const path of [
      '..',
      '/etc',
      'out',
      'ledger.db',
      'nowhere',
      'reports/../..',
      '%2e%2e',
      '.token',
      ' ',
    ]) {
      expect(await ask('openFolder', { path }), path).toEqual(refused('INVALID_PARAM'))
    }
    expect(done).toHaveLength(2)
  })

  test('takes a chosen file into the workspace, and one that lies there as it is', async () => {
    const { base, root } = openBridge()
    const outside = join(base, 'spy.csv')
    writeFileSync(outside, 'time,close\n')
    writeFileSync(join(root, 'reports/mine.csv'), 'time\n')
    const choose = async (path: string | undefined, into = root) =>
      openBridge({ root: into, askForFile: async () => path }).ask('chooseFile')
    expect(await choose(undefined)).toEqual({ ok: true, value: null })
    expect(await choose(join(root, 'reports/mine.csv'))).toEqual({
      ok: true,
      value: { path: 'reports/mine.csv', name: 'mine.csv', bytes: 5 },
    })
    const copied = await choose(outside)
    expect(copied).toEqual({
      ok: true,
      value: { path: expect.stringMatching(/^imports\/[0-9a-f]{24}\.csv$/), name: 'spy.csv', bytes: 11 },
    })
    expect(readdirSync(join(root, 'imports'))).toHaveLength(1)
    expect(readFileSync(join(root, 'imports', readdirSync(join(root, 'imports'))[0] ?? ''), 'utf8')).toBe(
      'time,close\n',
    )
    expect(await choose(base)).toEqual(refused('INVALID_PARAM'))
  })

  test('reads a text to where the page can show it, unless it is none or too long to be sent', async () => {
    const { base, root } = openBridge()
    writeFileSync(join(base, 'fills.csv'), 'ts,status\n')
    writeFileSync(join(base, 'long.csv'), 'x'.repeat(900_001))
    const choose = (path: string | undefined) =>
      openBridge({ root, askForFile: async () => path }).ask('chooseText')
    expect(await choose(undefined)).toEqual({ ok: true, value: null })
    expect(await choose(join(base, 'fills.csv'))).toEqual({
      ok: true,
      value: { name: 'fills.csv', bytes: 10, text: 'ts,status\n' },
    })
    expect(await choose(join(base, 'long.csv'))).toEqual(refused('INVALID_PARAM'))
    expect(await choose(base)).toEqual(refused('INVALID_PARAM'))
  })

  test('writes a file where the person said, and nothing without a choice', async () => {
    const { base, root } = openBridge()
    const save = (target: string | undefined) =>
      openBridge({ root, askWhereToSave: async () => target }).ask('saveFile', {
        name: 'run-3.csv',
        text: 'a,b\n',
      })
    expect(await save(undefined)).toEqual({ ok: true, value: null })
    expect(await save(join(base, 'mine.csv'))).toEqual({ ok: true, value: { name: 'mine.csv' } })
    expect(readFileSync(join(base, 'mine.csv'), 'utf8')).toBe('a,b\n')
    expect(await save(join(root, 'reports/run.csv'))).toEqual({ ok: true, value: { name: 'run.csv' } })
  })

  test('does not write over the files of the host, whatever was chosen', async () => {
    const { root } = openBridge()
    linkSync(join(root, 'ledger.db'), join(root, 'reports/ledger.csv'))
    for (const name of ['ledger.db', '.token', 'workspace.json', 'reports/ledger.csv']) {
      const { ask } = openBridge({ root, askWhereToSave: async () => join(root, name) })
      expect(await ask('saveFile', { name: 'run.csv', text: 'x' }), name).toEqual(refused('INVALID_PARAM'))
    }
    expect(readFileSync(join(root, 'ledger.db'), 'utf8')).toBe('ledger')
  })

  test('hands key, messages and commands on as they came', async () => {
    const { ask, done } = openBridge()
    await ask('keepVendorKey', { key: 'key-of-the-vendor' })
    await ask('forgetVendorKey')
    await ask('notify', { title: 'Sigma Lab', body: 'Sweep: done', hash: '#/run?id=1&tag=a+b' })
    await ask('showCommands', { commands: [{ id: 'theme', title: 'Dark or light', group: 'view' }] })
    expect(done).toEqual([
      ['keep', 'key-of-the-vendor'],
      ['forget'],
      ['notify', 'Sigma Lab'],
      ['commands', 1],
    ])
  })
})
