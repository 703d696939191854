import { EventEmitter } from 'node:events'

/** What the program did with Electron, and what the person in front of it does next. */
export const seen = {
  windows: [] as BrowserWindow[],
  sent: [] as [string, unknown][],
  opened: [] as string[],
  menu: [] as {
    label?: string
    id?: string
    submenu?: { id?: string; label?: string; click?: () => void }[]
  }[],
  questions: [] as string[],
  messages: [] as { title: string; body: string }[],
  handlers: new Map<string, (event: unknown, request: unknown) => Promise<unknown>>(),
  permission: undefined as ((contents: unknown, name: string, url: string) => boolean) | undefined,
  protocols: [] as string[],
  quits: 0,
  /** Index of the button that is pressed in the next question. */
  answer: 0,
  userData: '',
}

class Contents extends EventEmitter {
  mainFrame = { url: '' }
  openHandler: ((details: { url: string }) => { action: string }) | undefined
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler
  }
  send(channel: string, value: unknown) {
    seen.sent.push([channel, value])
  }
  getURL() {
    return this.mainFrame.url
  }
}

export class BrowserWindow extends EventEmitter {
  options: { webPreferences?: Record<string, unknown> }
  webContents = new Contents()
  loaded: string[] = []
  isGone = false
  constructor(options: { webPreferences?: Record<string, unknown> }) {
    super()
    this.options = options
    seen.windows.push(this)
  }
  async loadURL(url: string) {
    this.loaded.push(url)
    // The one-time link leads on to the page.
    this.webContents.mainFrame.url = `${new URL(url).origin}/${new URL(url).hash}`
  }
  close() {
    let isPrevented = false
    this.emit('close', {
      preventDefault: () => {
        isPrevented = true
      },
    })
    if (isPrevented) return
    this.isGone = true
    this.emit('closed')
  }
  isDestroyed = () => this.isGone
  isMinimized = () => false
  isMaximized = () => false
  getNormalBounds = () => ({ x: 10, y: 20, width: 1200, height: 800 })
  show() {}
  focus() {}
  maximize() {}
  destroy() {}
}

export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  requestSingleInstanceLock: () => true,
  whenReady: async () => {},
  setAppUserModelId() {},
  getPath: () => seen.userData,
  setAsDefaultProtocolClient: (scheme: string) => seen.protocols.push(scheme) > 0,
  relaunch() {},
  exit() {},
  quit() {
    seen.quits++
    app.emit('will-quit', { preventDefault() {} })
  },
})
export const dialog = {
  showMessageBoxSync(...args: { message: string }[]) {
    seen.questions.push(args.at(-1)?.message ?? '')
    return seen.answer
  },
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
}
export const ipcMain = {
  handle: (channel: string, handler: (event: unknown, request: unknown) => Promise<unknown>) =>
    void seen.handlers.set(channel, handler),
}
export const Menu = {
  buildFromTemplate: (template: typeof seen.menu) => template,
  setApplicationMenu(template: typeof seen.menu) {
    seen.menu = template
  },
}
const display = { workArea: { x: 0, y: 0, width: 1920, height: 1080 } }
export const screen = { getAllDisplays: () => [display], getPrimaryDisplay: () => display }
export const session = {
  defaultSession: {
    setPermissionRequestHandler() {},
    setPermissionCheckHandler(handler: typeof seen.permission) {
      seen.permission = handler
    },
  },
}
export const shell = {
  openExternal: async (url: string) => void seen.opened.push(url),
  async openPath(path: string) {
    seen.opened.push(path)
    return ''
  },
}
export const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'basic_text',
  encryptString: (text: string) => Buffer.from(text),
  decryptString: (bytes: Buffer) => bytes.toString(),
}
export class Notification extends EventEmitter {
  static isSupported = () => true
  message: { title: string; body: string }
  constructor(message: { title: string; body: string }) {
    super()
    this.message = message
  }
  show() {
    seen.messages.push(this.message)
    this.emit('click')
  }
}
