import { create } from 'zustand'

export type Panel = 'none' | 'cart' | 'palette' | 'help'

interface Panels {
  open: Panel
  show: (panel: Panel) => void
  toggle: (panel: Panel) => void
}

/** Which panel of the frame lies over the screen; one at a time. */
export const usePanels = create<Panels>()((set) => ({
  open: 'none',
  show: (panel) => set({ open: panel }),
  toggle: (panel) => set((now) => ({ open: now.open === panel ? 'none' : panel })),
}))
