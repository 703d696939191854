import { contextBridge, ipcRenderer } from 'electron'

/** What only a desktop can do; the page works without it in a browser. */
contextBridge.exposeInMainWorld('desktop', {
  chooseFolder: (): Promise<string | null> => ipcRenderer.invoke('choose-folder') as Promise<string | null>,
})
