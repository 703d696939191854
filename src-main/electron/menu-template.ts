import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '#shared/contract/desktop.ts'

export interface MenuActions {
  /** Runs a command of the page. */
  run: (id: string) => void
  openWorkspaceFolder: () => void
  chooseWorkspace: () => void
  openGuide: () => void
  openApiDocs: () => void
}

interface MenuParts {
  platform: NodeJS.Platform
  /** From the page; none until it has loaded. */
  commands: readonly MenuCommand[]
  actions: MenuActions
  /** Tools of a developer are left out of an installed program. */
  isPackaged: boolean
}

/** Keys of commands that the page names by other words than places. The page handles those it knows itself first. */
const keyOf: Readonly<Record<string, string>> = {
  palette: 'CmdOrCtrl+K',
  'screen settings': 'CmdOrCtrl+,',
  theme: 'CmdOrCtrl+Shift+D',
  cart: 'CmdOrCtrl+Shift+C',
}

/** The menu of the application. Its commands are those of the page's palette, so each exists once. */
export function menuTemplate({
  platform,
  commands,
  actions,
  isPackaged,
}: MenuParts): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const of = (group: MenuCommand['group']) =>
    commands
      .filter((command) => command.group === group)
      .map(({ id, title }, i): MenuItemConstructorOptions => {
        const accelerator = keyOf[id] ?? (group === 'go' && i < 9 ? `CmdOrCtrl+${i + 1}` : undefined)
        return {
          id,
          label: title,
          click: () => actions.run(id),
          ...(accelerator === undefined ? {} : { accelerator }),
        }
      })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const after = (items: MenuItemConstructorOptions[]) => (items.length === 0 ? [] : [...items, separator])

  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        {
          id: 'open-workspace',
          label: 'Open &Workspace…',
          accelerator: 'CmdOrCtrl+O',
          click: actions.chooseWorkspace,
        },
        { id: 'show-workspace', label: '&Show Workspace Folder', click: actions.openWorkspaceFolder },
        separator,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    // By role: on macOS copy and paste work in a page only where the menu has them.
    { role: 'editMenu' },
    { label: '&Go', submenu: of('go'), visible: of('go').length > 0 },
    {
      label: '&View',
      submenu: [
        ...after(of('view')),
        { role: 'reload' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        ...after(of('help')),
        { id: 'guide', label: '&Methods Guide', accelerator: 'F1', click: actions.openGuide },
        { id: 'api-docs', label: '&API Documentation', click: actions.openApiDocs },
      ],
    },
  ]
}
