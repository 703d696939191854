import { create } from 'zustand'

export interface Toast {
  id: number
  tone: 'info' | 'good' | 'bad'
  text: string
  action?: { label: string; run: () => void }
}

interface Toasts {
  toasts: Toast[]
  push: (toast: Omit<Toast, 'id'>) => void
  dismiss: (id: number) => void
}

const LIFE_MS = { info: 6000, good: 6000, bad: 15_000 }
let lastId = 0

/** Short messages at the edge of the screen; they leave by themselves. */
export const useToasts = create<Toasts>()((set) => ({
  toasts: [],
  push: (toast) => {
    const id = ++lastId
    set((now) => ({ toasts: [...now.toasts.slice(-3), { ...toast, id }] }))
    setTimeout(
      () => set((now) => ({ toasts: now.toasts.filter((each) => each.id !== id) })),
      LIFE_MS[toast.tone],
    )
  },
  dismiss: (id) => set((now) => ({ toasts: now.toasts.filter((each) => each.id !== id) })),
}))
