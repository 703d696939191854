import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, session, shell } from 'electron'
import { type Host, startHost } from '../host.ts'

const here = import.meta.dirname
const program = join(here, '..', '..')
// What is copied or started as a file lies beside the archive of a packaged app; elsewhere the two are one.
const files = program.replace(/app\.asar$/, 'app.asar.unpacked')

/** The window: starts the same host that `serve` starts and opens one page on it. */
async function main(): Promise<void> {
  if (!app.requestSingleInstanceLock()) return app.quit()
  await app.whenReady()
  const { version } = JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as { version: string }
  const host = await startHost({
    workspace: process.env['SIGMA_WORKSPACE'] ?? join(homedir(), 'SigmaLab'),
    port: 0,
    auth: 'local',
    sample: true,
    program: {
      packs: join(files, 'packs'),
      migrations: join(files, 'src-main', 'ledger', 'migrations'),
      workerEntry: join(files, 'out', 'main', 'worker.js'),
      renderer: join(program, 'out', 'renderer'),
      version,
    },
    log: (line) => process.stderr.write(`${line}\n`),
  })
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  const window = openWindow(host)
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  ipcMain.handle('choose-folder', async (event) => {
    if (!isOurs(event.senderFrame?.url, host)) throw new Error('only the workstation may ask for a folder')
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openDirectory', 'createDirectory'],
    })
    return canceled ? null : (filePaths[0] ?? null)
  })
  let isClosed = false
  app.on('before-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    isClosed = true
    void host.close().finally(() => app.quit())
  })
  app.on('window-all-closed', () => app.quit())
}

function openWindow(host: Host): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    backgroundColor: '#0f1216',
    webPreferences: {
      preload: join(here, '..', 'preload', 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    },
  })
  window.webContents.on('will-navigate', (event, url) => {
    if (!isOurs(url, host)) event.preventDefault()
  })
  window.webContents.setWindowOpenHandler(({ url }) => {
    if (url.startsWith('https://')) void shell.openExternal(url)
    return { action: 'deny' }
  })
  void window.loadURL(host.openUrl())
  return window
}

function isOurs(url: string | undefined, host: Host): boolean {
  return url !== undefined && new URL(url).origin === host.url
}

main().catch((error: unknown) => {
  dialog.showErrorBox('Sigma Lab could not start', error instanceof Error ? error.message : String(error))
  app.exit(1)
})
