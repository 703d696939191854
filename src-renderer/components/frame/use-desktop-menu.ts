import { useEffect, useRef } from 'react'
import { askDesktop, followLinks, followMenu, isDesktop } from '#renderer/api/desktop.ts'
import { usePanels } from '#renderer/stores/panels.ts'
import type { MenuCommand } from '#shared/contract/desktop.ts'
import { useScreenCommands, useViewCommands } from './frame-commands.ts'
import type { Command } from './rank-commands.ts'

/** Gives the desktop window's menu the commands of the page, runs what is chosen there, and follows links it is handed. */
export function useDesktopMenu(): void {
  const show = usePanels((panels) => panels.show)
  const groups: Record<MenuCommand['group'], Command[]> = {
    go: useScreenCommands(),
    view: [
      { id: 'palette', title: 'Command Palette', hint: 'Ctrl K', run: () => show('palette') },
      ...useViewCommands(),
    ],
    help: [{ id: 'help', title: 'Keyboard Shortcuts', hint: '?', run: () => show('help') }],
  }
  // Commands carry the model and profile of the moment, so the newest are run; their names never change.
  const newest = useRef(groups)
  newest.current = groups

  useEffect(() => {
    if (!isDesktop()) return
    const commands = Object.entries(newest.current).flatMap(([group, members]) =>
      members.map(({ id, title }) => ({ id, title, group: group as MenuCommand['group'] })),
    )
    const unfollowMenu = followMenu((id) => {
      const all = Object.values(newest.current).flat()
      all.find((command) => command.id === id)?.run()
    })
    const unfollowLinks = followLinks((hash) => {
      location.hash = hash
    })
    // Last: the window takes it as the word that the page listens.
    void askDesktop('showCommands', { commands }).catch(() => {})
    return () => {
      unfollowMenu()
      unfollowLinks()
    }
  }, [])
}
