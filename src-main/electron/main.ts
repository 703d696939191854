import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { app, type BrowserWindow, dialog, ipcMain, Menu, shell } from 'electron'
import { type DesktopMethod, desktopRequests, type MenuCommand } from '#shared/contract/desktop.ts'
import { type Host, type ProgramPaths, startHost } from '../host.ts'
import { createAnswerer } from './answer-page.ts'
import { choosePort } from './choose-port.ts'
import { hashOfLink, linkAmong, linkScheme } from './deep-link.ts'
import { createDesktopHandlers } from './desktop-handlers.ts'
import { createLinkQueue } from './link-queue.ts'
import { type MenuActions, menuTemplate } from './menu-template.ts'
import { denyPermissions, openReader, openWindow } from './open-window.ts'
import { isWorkstation } from './page-policy.ts'
import { argumentsFor, readStartArguments } from './start-arguments.ts'
import { keychain, systemParts } from './system-parts.ts'
import { openVendorKey } from './vendor-key.ts'
import { guardClose, offerRestart, watchWindow } from './way-back.ts'
import { openWindowSettings, type WindowSettings } from './window-settings.ts'

const program = join(import.meta.dirname, '..', '..')
// What is copied or started as a file lies beside the archive of a packaged app; elsewhere the two are one.
const files = program.replace(/app\.asar$/, 'app.asar.unpacked')
const log = (line: string) => process.stderr.write(`${line}\n`)

const started = readStartArguments(process.argv)
/** A link that came before there was a window to follow it. */
let waitingLink = started.link
let followLink = (link: string) => {
  waitingLink = link
}

if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  // macOS hands links over by an event that may come before the program is ready, other systems start it once more.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    followLink(url)
  })
  app.on('second-instance', (_event, args) => followLink(linkAmong(args) ?? ''))
  process.on('uncaughtException', (error) => {
    log(error.stack ?? error.message)
    offerRestart('Sigma Lab has stopped', error)
  })
  run().catch((error: unknown) => offerRestart('Sigma Lab could not start', error))
}

/** Starts the same host that `serve` starts and opens one window on it. */
async function run(): Promise<void> {
  await app.whenReady()
  // Windows shows messages only of programs that it knows by name.
  app.setAppUserModelId('app.sigmalab.workstation')
  registerScheme()
  const userData = app.getPath('userData')
  const settings = openWindowSettings(join(userData, 'window.json'))
  const vendorKey = openVendorKey(join(userData, 'vendor-key'), keychain, process.env, log)
  const root = resolve(chosenWorkspace(settings))
  const paths = programPaths()
  const host = await startHost({
    workspace: root,
    port: await choosePort(settings.read()['port']),
    auth: 'local',
    sample: true,
    env: vendorKey.env,
    program: paths,
    log,
  })
  settings.change({ port: Number(new URL(host.url).port) }).catch(() => {})
  denyPermissions(host.url)
  const window = openWindow(host.url, settings)
  const links = createLinkQueue((hash) => window.webContents.send('desktop:link', hash))
  window.webContents.on('did-start-loading', links.pageLeaves)
  const load = (hash = '') => void window.loadURL(host.openUrl() + hash).catch(() => {})
  const show = (hash?: string) => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    if (hash !== undefined) links.follow(hash)
  }
  followLink = (link) => show(hashOfLink(link))
  const mayClose = guardClose(window, host)
  const showMenu = (commands: readonly MenuCommand[]) =>
    setMenu(commands, {
      run: (id) => window.webContents.send('desktop:command', id),
      openWorkspaceFolder: () => void shell.openPath(root),
      chooseWorkspace: () => void chooseWorkspace(window, settings, mayClose),
      openGuide: () => openReader(`${host.url}/guide/methods`, host.url),
      openApiDocs: () => openReader(`${host.url}/docs`, host.url),
    })

  const handlers = createDesktopHandlers({
    root,
    version: paths.version,
    vendorKey,
    showCommands(commands) {
      showMenu(commands)
      links.pageListens()
    },
    ...systemParts(window, show),
  })
  answerPage(
    window,
    createAnswerer(handlers, {
      isTrusted: ({ isWindow, isMainFrame, url }) => isWindow && isMainFrame && isWorkstation(url, host.url),
      log,
    }),
  )
  showMenu([])
  watchWindow(window, load)
  window.on('closed', () => app.quit())
  closeHostAtEnd(host)
  load(hashOfLink(waitingLink ?? ''))
}

function answerPage(window: BrowserWindow, answer: ReturnType<typeof createAnswerer>): void {
  for (const method of Object.keys(desktopRequests) as DesktopMethod[]) {
    ipcMain.handle(`desktop:${method}`, ({ sender, senderFrame }, request: unknown) =>
      answer(
        method,
        {
          isWindow: sender === window.webContents,
          isMainFrame: senderFrame !== null && senderFrame === sender.mainFrame,
          url: senderFrame?.url ?? '',
        },
        request,
      ),
    )
  }
}

function setMenu(commands: readonly MenuCommand[], actions: MenuActions): void {
  const template = menuTemplate({ platform: process.platform, isPackaged: app.isPackaged, commands, actions })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

/** A workspace has one host and a host one workspace, so another one is opened by a new start. */
async function chooseWorkspace(
  window: BrowserWindow,
  settings: WindowSettings,
  mayClose: () => boolean,
): Promise<void> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Folder of a workspace, or an empty one for a new workspace',
    properties: ['openDirectory', 'createDirectory'],
  })
  const [workspace] = filePaths
  if (workspace === undefined || !mayClose()) return
  await settings.change({ workspace })
  app.relaunch({ args: argumentsFor(workspace, process.argv.slice(1)) })
  window.close()
}

function chosenWorkspace(settings: WindowSettings): string {
  const last = settings.read()['workspace']
  return (
    started.workspace ??
    process.env['SIGMA_WORKSPACE'] ??
    (typeof last === 'string' ? last : join(homedir(), 'SigmaLab'))
  )
}

function registerScheme(): void {
  // From its sources the program is Electron with a folder as its argument, and links need both.
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme)
  else app.setAsDefaultProtocolClient(linkScheme, process.execPath, [resolve(process.argv[1] ?? '.')])
}

/** Waits for the host to put its jobs back before the program ends. */
function closeHostAtEnd(host: Host): void {
  let isClosed = false
  app.on('will-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    void host
      .close()
      .catch((error: unknown) => log(`closing failed: ${String(error)}`))
      .finally(() => {
        isClosed = true
        app.quit()
      })
  })
}

function programPaths(): ProgramPaths {
  const { version } = JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as { version: string }
  return {
    packs: join(files, 'packs'),
    migrations: join(files, 'src-main', 'ledger', 'migrations'),
    workerEntry: join(files, 'out', 'main', 'worker.js'),
    checkpointEntry: join(files, 'out', 'main', 'checkpoint-thread.js'),
    renderer: join(program, 'out', 'renderer'),
    guide: join(program, 'docs', 'guide'),
    version,
  }
}
