import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { RiskProfile } from '#shared/contract/schemas.ts'

export type Theme = 'dark' | 'light'

interface Preferences {
  theme: Theme
  profile: RiskProfile
  /** The model last chosen in the top bar; empty for all models. */
  modelId: string
  setTheme: (theme: Theme) => void
  setProfile: (profile: RiskProfile) => void
  setModelId: (modelId: string) => void
}

const systemTheme = (): Theme => (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark')

/** What the window remembers about its user on this machine. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: systemTheme(),
      profile: 'balanced',
      modelId: '',
      setTheme: (theme) => set({ theme }),
      setProfile: (profile) => set({ profile }),
      setModelId: (modelId) => set({ modelId }),
    }),
    { name: 'sigma-lab.preferences' },
  ),
)
