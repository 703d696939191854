import { contextBridge, ipcRenderer } from 'electron'
import type { DesktopAnswer, DesktopBridge, DesktopMethod, DesktopReplyOf } from '#shared/contract/desktop.ts'

const ask =
  <M extends DesktopMethod>(method: M) =>
  (request: unknown): Promise<DesktopAnswer<DesktopReplyOf<M>>> =>
    ipcRenderer.invoke(`desktop:${method}`, request) as Promise<DesktopAnswer<DesktopReplyOf<M>>>

/** The event itself stays here: it carries the sender, through which a page could reach everything. */
const listenTo = (channel: 'command' | 'link') => (listener: (text: string) => void) => {
  const hear = (_event: unknown, text: unknown) => listener(String(text))
  ipcRenderer.on(`desktop:${channel}`, hear)
  return () => void ipcRenderer.removeListener(`desktop:${channel}`, hear)
}

// Named one by one: the page can reach these channels and no other.
const bridge: DesktopBridge = {
  describe: ask('describe'),
  chooseFile: ask('chooseFile'),
  chooseText: ask('chooseText'),
  saveFile: ask('saveFile'),
  openFolder: ask('openFolder'),
  keepVendorKey: ask('keepVendorKey'),
  forgetVendorKey: ask('forgetVendorKey'),
  notify: ask('notify'),
  showCommands: ask('showCommands'),
  onCommand: listenTo('command'),
  onLink: listenTo('link'),
}
contextBridge.exposeInMainWorld('desktop', bridge)
