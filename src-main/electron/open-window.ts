import { join } from 'node:path'
import { BrowserWindow, type BrowserWindowConstructorOptions, screen, session, shell } from 'electron'
import { isForBrowser, isOurs, isPermitted } from './page-policy.ts'
import type { WindowSettings } from './window-settings.ts'
import { mendWindowState, smallest } from './window-state.ts'

const settleMs = 400

/** What every page of the program runs with: nothing of Node, and a process that the system fences in. */
const fenced = { contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false } as const
const looks: BrowserWindowConstructorOptions = { backgroundColor: '#0f1216', show: false }

/** The window of the workstation, where and as large as it was last. */
export function openWindow(origin: string, settings: WindowSettings): BrowserWindow {
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
  const { bounds, isMaximized } = mendWindowState(
    settings.read()['window'],
    areas,
    screen.getPrimaryDisplay().workArea,
  )
  const window = new BrowserWindow({
    ...looks,
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    webPreferences: { ...fenced, preload: join(import.meta.dirname, '..', 'preload', 'preload.cjs') },
  })
  if (isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  lockPage(window, origin)
  rememberState(window, settings)
  return window
}

/** A page of the host that is to be read, such as the documentation: a window that can ask for nothing. */
export function openReader(url: string, origin: string): void {
  if (!isOurs(url, origin)) return
  const window = new BrowserWindow({ ...looks, width: 1100, height: 850, webPreferences: { ...fenced } })
  window.once('ready-to-show', () => window.show())
  lockPage(window, origin)
  void window.loadURL(url).catch(() => window.destroy())
}

/** Denies what a page may not ask of the system; once, for all windows. */
export function denyPermissions(origin: string): void {
  session.defaultSession.setPermissionRequestHandler((contents, permission, answer) =>
    answer(isPermitted(permission, contents.getURL(), origin)),
  )
  session.defaultSession.setPermissionCheckHandler((_contents, permission, url) =>
    isPermitted(permission, url, origin),
  )
}

/** Keeps a window on the pages of the host. Other addresses go to the system's browser, and only over https. */
function lockPage({ webContents }: BrowserWindow, origin: string): void {
  const keepOurs = (event: { preventDefault: () => void; url: string }) => {
    if (isOurs(event.url, origin)) return
    event.preventDefault()
    if (isForBrowser(event.url)) void shell.openExternal(event.url)
  }
  webContents.on('will-navigate', keepOurs)
  webContents.on('will-redirect', keepOurs)
  webContents.on('will-frame-navigate', (event) => {
    if (!isOurs(event.url, origin)) event.preventDefault()
  })
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  webContents.setWindowOpenHandler(({ url }) => {
    if (isOurs(url, origin)) openReader(url, origin)
    else if (isForBrowser(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
}

function rememberState(window: BrowserWindow, settings: WindowSettings): void {
  let timer: NodeJS.Timeout | undefined
  const keep = () => {
    if (window.isDestroyed()) return
    const state = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }
    // A full disk costs the place of the window and nothing else.
    settings.change({ window: state }).catch(() => {})
  }
  const keepSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(keep, settleMs)
  }
  window.on('resize', keepSoon)
  window.on('move', keepSoon)
  window.on('maximize', keepSoon)
  window.on('unmaximize', keepSoon)
  window.on('close', () => {
    clearTimeout(timer)
    keep()
  })
}
