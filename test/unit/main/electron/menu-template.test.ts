import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { menuTemplate } from '#main/electron/menu-template.ts'
import type { MenuCommand } from '#shared/contract/desktop.ts'

const commands: MenuCommand[] = [
  ...Array.from({ length: 11 }, (_, i) => ({
    id: `screen s${i}`,
    title: `Screen ${i}`,
    group: 'go' as const,
  })),
  { id: 'screen settings', title: 'Settings', group: 'go' },
  { id: 'palette', title: 'Command Palette', group: 'view' },
  { id: 'theme', title: 'Dark or light', group: 'view' },
  { id: 'help', title: 'Keyboard Shortcuts', group: 'help' },
]

function menu(platform: NodeJS.Platform, options: { commands?: MenuCommand[]; isPackaged?: boolean } = {}) {
  const done: string[] = []
  const note = (name: string) => () => void done.push(name)
  const template = menuTemplate({
    platform,
    commands,
    isPackaged: true,
    actions: {
      run: (id) => void done.push(`run ${id}`),
      openWorkspaceFolder: note('folder'),
      chooseWorkspace: note('choose'),
      openGuide: note('guide'),
      openApiDocs: note('docs'),
    },
    ...options,
  })
  const items = (name: string) =>
    (template.find(({ label, role }) => label === name || role === name)?.submenu ??
      []) as MenuItemConstructorOptions[]
  const all = template.flatMap(({ submenu }) => (submenu ?? []) as MenuItemConstructorOptions[])
  const press = (item: MenuItemConstructorOptions | undefined) =>
    (item?.click as (() => void) | undefined)?.()
  return { template, items, all, press, done }
}

describe('the menu of the application', () => {
  test('has the commands of the page, and runs them by id', () => {
    const { items, press, done } = menu('linux')
    expect(items('&Go').map(({ label }) => label)).toEqual(
      commands.filter(({ group }) => group === 'go').map(({ title }) => title),
    )
    press(items('&Go')[3])
    press(items('&View')[0])
    press(items('help')[0])
    expect(done).toEqual(['run screen s3', 'run palette', 'run help'])
  })

  test('gives keys to the first nine places and to what has one by custom, and no key twice', () => {
    const { items, all } = menu('darwin', { isPackaged: false })
    const keys = items('&Go').map(({ accelerator }) => accelerator)
    expect(keys).toEqual([
      ...Array.from({ length: 9 }, (_, i) => `CmdOrCtrl+${i + 1}`),
      undefined,
      undefined,
      'CmdOrCtrl+,',
    ])
    const given = all.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [String(accelerator)]))
    expect(new Set(given).size).toBe(given.length)
  })

  test('has the standard edit menu on every system: without it nothing is copied on macOS', () => {
    for (const platform of ['darwin', 'linux', 'win32'] as const) {
      expect(menu(platform).template.map(({ role }) => role)).toContain('editMenu')
    }
  })

  test('has the menu of the application on macOS alone, where it quits', () => {
    const roles = (platform: NodeJS.Platform) => menu(platform).template.map(({ role }) => role)
    expect(roles('darwin')[0]).toBe('appMenu')
    expect(roles('win32')).not.toContain('appMenu')
    expect(
      menu('win32')
        .items('&File')
        .map(({ role }) => role),
    ).toContain('quit')
    expect(
      menu('darwin')
        .items('&File')
        .map(({ role }) => role),
    ).not.toContain('quit')
  })

  test('opens folder, workspaces, guide and documentation', () => {
    const { all, press, done } = menu('linux')
    for (const id of ['show-workspace', 'open-workspace', 'guide', 'api-docs']) {
      press(all.find((item) => item.id === id))
    }
    expect(done).toEqual(['folder', 'choose', 'guide', 'docs'])
  })

  test('is whole before the page has named its commands', () => {
    const { template, items } = menu('linux', { commands: [] })
    expect(template.find(({ label }) => label === '&Go')?.visible).toBe(false)
    expect(items('&View')[0]).toEqual({ role: 'reload' })
    expect(items('help').map(({ id }) => id)).toEqual(['guide', 'api-docs'])
  })

  test('has no tools of a developer in an installed program', () => {
    const roles = (isPackaged: boolean) => menu('linux', { isPackaged }).all.map(({ role }) => role)
    expect(roles(true)).not.toContain('toggleDevTools')
    expect(roles(false)).toContain('toggleDevTools')
  })
})
