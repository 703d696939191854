import { screens } from '#renderer/screens/index.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import { usePanels } from '#renderer/stores/panels.ts'
import type { Command } from './rank-commands.ts'
import { toggleTheme } from './use-shortcuts.ts'

/** One command for each screen: the palette lists them, and so does the menu of the desktop window. */
export function useScreenCommands(): Command[] {
  const linkTo = useLinkTo()
  return screens.map(({ id, title, key }) => ({
    id: `screen ${id}`,
    title,
    hint: `g ${key}`,
    run: () => {
      location.hash = linkTo(id)
    },
  }))
}

/** What changes how the window looks rather than what it shows. */
export function useViewCommands(): Command[] {
  const toggle = usePanels((panels) => panels.toggle)
  return [
    { id: 'theme', title: 'Dark or light', hint: 'd', run: toggleTheme },
    { id: 'cart', title: 'Selection cart', hint: 'c', run: () => toggle('cart') },
  ]
}
