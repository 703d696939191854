import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openWorkspace } from '#main/workspace/workspace.ts'
import { desktopRequests } from '#shared/contract/desktop.ts'
import { copySampleWorkspace, program } from '#test/sample-host.ts'
import { app, type BrowserWindow, seen } from '#test/stand-in-electron.ts'

// Electron's binary is not needed to see whether the parts are joined as they should be.
vi.mock('electron', () => import('#test/stand-in-electron.ts'))

let window: BrowserWindow
let origin: string
let workspace: string
beforeAll(async () => {
  workspace = await copySampleWorkspace()
  seen.userData = await mkdtemp(join(tmpdir(), 'sigma-user-'))
  vi.stubEnv('SIGMA_WORKSPACE', workspace)
  vi.stubEnv('POLYGON_API_KEY', '')
  process.argv.push('sigma-lab://leaderboard?model_id=m')
  await import('#main/electron/main.ts')
  await vi.waitFor(() => expect(seen.windows[0]?.loaded).toHaveLength(1), { timeout: 60_000 })
  window = seen.windows[0]!
  origin = new URL(window.loaded[0]!).origin
}, 120_000)
afterAll(async () => {
  process.argv.pop()
  vi.unstubAllEnvs()
  await rm(workspace, { recursive: true, force: true })
  await rm(seen.userData, { recursive: true, force: true })
})

/** A request as the page of the window sends it, unless it comes from elsewhere. */
function ask(method: string, request: unknown, url = `${origin}/#/home`) {
  const { webContents } = window
  webContents.mainFrame.url = url
  return seen.handlers.get(`desktop:${method}`)?.(
    { sender: webContents, senderFrame: webContents.mainFrame },
    request,
  )
}
const press = (id: string) =>
  seen.menu
    .flatMap(({ submenu = [] }) => submenu)
    .find((item) => item.id === id)
    ?.click?.()
const links = () => seen.sent.filter(([channel]) => channel === 'desktop:link').map(([, hash]) => hash)

describe('the desktop program', () => {
  test('opens one fenced window on its host by the one-time link, at the link it was started with', async () => {
    expect(seen.windows).toHaveLength(1)
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      preload: expect.stringMatching(/preload\.cjs$/),
    })
    expect(window.loaded[0]).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/open\?key=[\w-]+#\/leaderboard\?model_id=m$/,
    )
    expect((await fetch(`${origin}/packs`)).status).toBe(200)
    expect(seen.protocols).toEqual(['sigma-lab'])
  })

  test('answers every request of the bridge, to its page only', async () => {
    expect([...seen.handlers.keys()].sort()).toEqual(
      Object.keys(desktopRequests)
        .map((method) => `desktop:${method}`)
        .sort(),
    )
    expect(await ask('describe', {})).toMatchObject({ ok: true, value: { vendor_key: { source: 'none' } } })
    expect(await ask('describe', {}, 'https://example.org/')).toMatchObject({ error: { code: 'FORBIDDEN' } })
    expect(await ask('openFolder', { path: '..' })).toMatchObject({ error: { code: 'INVALID_PARAM' } })
    expect(await ask('openFolder', { path: 'packs' })).toEqual({ ok: true, value: null })
    expect(seen.opened).toEqual([expect.stringMatching(/packs$/)])
  })

  test('keeps a link of a second start until the page listens, and shows the commands it names', async () => {
    app.emit('second-instance', {}, ['electron', '.', 'sigma-lab://run?id=12'])
    expect(links()).toEqual([])
    await ask('showCommands', { commands: [{ id: 'screen data', title: 'Data', group: 'go' }] })
    expect(links()).toEqual(['#/run?id=12'])
    press('screen data')
    expect(seen.sent.at(-1)).toEqual(['desktop:command', 'screen data'])
    app.emit('open-url', { preventDefault() {} }, 'sigma-lab://data')
    app.emit('open-url', { preventDefault() {} }, 'sigma-lab://../etc')
    expect(links()).toEqual(['#/run?id=12', '#/data'])
  })

  test('brings a message’s reader to what it is about', async () => {
    await ask('notify', { title: 'Sigma Lab', body: 'Sweep: done', hash: '#/home' })
    expect(seen.messages).toEqual([expect.objectContaining({ body: 'Sweep: done' })])
    expect(links().at(-1)).toBe('#/home')
  })

  test('stays on its host, opens its documents in windows without a bridge, and sends https to the browser', () => {
    const isKept = (url: string) => {
      let isPrevented = false
      window.webContents.emit('will-navigate', { url, preventDefault: () => (isPrevented = true) })
      return isPrevented
    }
    expect([isKept(`${origin}/docs`), isKept('http://example.org/'), isKept('file:///etc/passwd')]).toEqual([
      false,
      true,
      true,
    ])
    seen.opened.length = 0
    for (const url of [
      'https://example.org/a',
      'http://example.org/b',
      'file:///etc/passwd',
      `${origin}/docs`,
    ]) {
      expect(window.webContents.openHandler?.({ url })).toEqual({ action: 'deny' })
    }
    expect(seen.opened).toEqual(['https://example.org/a'])
    press('guide')
    const readers = seen.windows.slice(1)
    expect(readers.map(({ loaded }) => loaded[0])).toEqual([`${origin}/docs`, `${origin}/guide/methods`])
    for (const { options } of readers) expect(options.webPreferences).not.toHaveProperty('preload')
    expect(seen.permission?.(null, 'clipboard-sanitized-write', origin)).toBe(true)
    expect(seen.permission?.(null, 'media', origin)).toBe(false)
  })

  test('offers the page again when it stopped', () => {
    seen.answer = 0
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(seen.questions.at(-1)).toBe('The page stopped')
    expect(window.loaded).toHaveLength(2)
    expect(window.loaded[1]).not.toBe(window.loaded[0])
  })

  test('asks once before it closes on jobs, then puts its host away and remembers its place and port', async () => {
    const sweep = {
      model_id: 'spx_eq_swing_daily',
      risk_profile: 'balanced',
      sweep: { threshold_variants: ['0.50', '0.52', '0.54'], top_pct_variants: ['0.1', '0.2'], splits: 5 },
    }
    const reply = await fetch(`${origin}/sweeps/run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sweep),
    })
    expect(reply.status).toBe(202)
    seen.answer = 0
    window.close()
    expect(seen.questions.at(-1)).toMatch(/^A job is not done: 1 (running|waiting)$/)
    expect([window.isGone, seen.quits]).toEqual([false, 0])

    seen.answer = 1
    window.close()
    expect(window.isGone).toBe(true)
    // Once the host is away the program quits for good, and the workspace is free for the next start.
    await vi.waitFor(() => expect(seen.quits).toBe(2), { timeout: 30_000 })
    const next = await openWorkspace(workspace, { packsSource: program.packs, clock: () => '' })
    next.close()
    await vi.waitFor(async () =>
      expect(JSON.parse(await readFile(join(seen.userData, 'window.json'), 'utf8'))).toEqual({
        port: Number(new URL(origin).port),
        window: { bounds: { x: 10, y: 20, width: 1200, height: 800 }, isMaximized: false },
      }),
    )
  })
})
