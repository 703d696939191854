import { useEffect } from 'react'
import { screens } from '#renderer/screens/index.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import { usePanels } from '#renderer/stores/panels.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'

const CHORD_MS = 1200

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=checkbox]),select,textarea,[contenteditable]')

/** The keyboard of the frame: Ctrl-K, ?, c, d, [ and ], /, and g followed by a screen's letter. */
export function useShortcuts(): void {
  const linkTo = useLinkTo()
  const { show, toggle } = usePanels()
  useEffect(() => {
    let chordUntil = 0
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        show('palette')
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      // What a modal covers does not move beneath it.
      if (document.querySelector('dialog[open]') !== null) return
      if (performance.now() < chordUntil) {
        chordUntil = 0
        const screen = screens.find(({ key }) => key === event.key)
        if (screen !== undefined) location.hash = linkTo(screen.id)
        return
      }
      if (event.key === 'g') chordUntil = performance.now() + CHORD_MS
      else if (event.key === '?') show('help')
      else if (event.key === 'c') toggle('cart')
      else if (event.key === 'd') toggleTheme()
      else if (event.key === '[') stepTab(-1)
      else if (event.key === ']') stepTab(1)
      else if (event.key === '/') focusSearch(event)
      else if (event.key === 'Escape') show('none')
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [linkTo, show, toggle])
}

/** To the tab beside the one that is open, around the end. */
function stepTab(by: number): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.tabs > a')]
  const at = links.findIndex((link) => link.ariaCurrent === 'page')
  if (at >= 0) links[(at + by + links.length) % links.length]?.click()
}

/** To the box that narrows what the screen lists. */
function focusSearch(event: KeyboardEvent): void {
  const box = document.querySelector<HTMLInputElement>('main input[type=search]')
  if (box === null) return
  event.preventDefault()
  box.focus()
  box.select()
}

export function toggleTheme(): void {
  const { theme, setTheme } = usePreferences.getState()
  setTheme(theme === 'dark' ? 'light' : 'dark')
}
