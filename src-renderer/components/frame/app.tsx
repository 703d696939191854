import { useEffect } from 'react'
import { followEvents } from '#renderer/api/event-stream.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { restoreCart } from '#renderer/stores/cart.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { usePanels } from '#renderer/stores/panels.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'
import { ToastList } from '../toast-list.tsx'
import { CartDrawer } from './cart-drawer.tsx'
import { JobStrip } from './job-strip.tsx'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import { ScreenHost } from './screen-host.tsx'
import { ShortcutHelp } from './shortcut-help.tsx'
import { TopBar } from './top-bar.tsx'
import { useDesktopMenu } from './use-desktop-menu.ts'
import { useJobToasts } from './use-job-toasts.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** The frame of the window: rail, top bar, screen, job strip, and what lies over them. */
export function App() {
  const open = usePanels((panels) => panels.open)
  const createdAt = useQuery('getWorkspace', {}).data?.created_at

  useEffect(followEvents, [])
  useEffect(() => {
    if (createdAt !== undefined) void restoreCart(createdAt)
  }, [createdAt])
  useRemembered()
  useShortcuts()
  useJobToasts()
  useDesktopMenu()

  return (
    <div className="frame">
      <button type="button" className="skip-link" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the screen
      </button>
      <Rail />
      <TopBar />
      <ScreenHost />
      <JobStrip />
      {open === 'cart' && <CartDrawer />}
      {open === 'palette' && <Palette />}
      {open === 'help' && <ShortcutHelp />}
      <ToastList />
    </div>
  )
}

/** A link's model and profile become the remembered ones. */
function useRemembered(): void {
  const { model_id: modelId, profile } = useHash().params
  const { setModelId, setProfile } = usePreferences()
  useEffect(() => {
    if (modelId !== undefined) setModelId(modelId)
    if (profile === 'conservative' || profile === 'balanced' || profile === 'aggressive') setProfile(profile)
  }, [modelId, profile, setModelId, setProfile])
}
