import { type BrowserWindow, dialog, Notification, safeStorage, shell } from 'electron'
import type { SystemParts } from './desktop-handlers.ts'
import type { Keychain } from './vendor-key.ts'

type Dialogs = Pick<SystemParts, 'askForFile' | 'askWhereToSave' | 'openFolder' | 'notify'>

/** Electron's dialogs, file manager and messages behind the handlers. `follow` brings the window forward at a link. */
export function systemParts(window: BrowserWindow, follow: (hash: string) => void): Dialogs {
  return {
    async askForFile(extensions) {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Import a file',
        properties: ['openFile'],
        filters: [
          { name: extensions.includes('parquet') ? 'CSV or Parquet' : 'CSV', extensions: [...extensions] },
        ],
      })
      return filePaths[0]
    },
    async askWhereToSave(name) {
      const ending = name.slice(name.lastIndexOf('.') + 1)
      const { filePath, canceled } = await dialog.showSaveDialog(window, {
        defaultPath: name,
        filters: [{ name: ending.toUpperCase(), extensions: [ending] }],
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      })
      return canceled || filePath === '' ? undefined : filePath
    },
    openFolder: (path) => shell.openPath(path),
    notify({ title, body, hash }) {
      if (!Notification.isSupported()) return
      const message = new Notification({ title, body })
      message.on('click', () => follow(hash))
      message.show()
    },
  }
}

/** The system's keychain through safeStorage, and why it is none where it would keep the key under a known password. */
export const keychain: Keychain = {
  obstacle() {
    const plain = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
    return !plain && safeStorage.isEncryptionAvailable()
      ? null
      : 'this machine has no keychain to keep a key in: set POLYGON_API_KEY before the workstation starts'
  },
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (bytes) => safeStorage.decryptString(bytes),
}
