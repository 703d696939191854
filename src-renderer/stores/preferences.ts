import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { RiskProfile } from '#shared/contract/schemas.ts'

export type Theme = 'dark' | 'light'
/** In which zone times are written: the market's, UTC, or this machine's. */
export type DisplayZone = 'New York' | 'UTC' | 'local'
export type CandleStyle = 'house' | 'classic' | 'hollow'

interface Preferences {
  theme: Theme
  profile: RiskProfile
  /** The model last chosen in the top bar; empty for all models. */
  modelId: string
  zone: DisplayZone
  candles: CandleStyle
  /** The system says when a long job has ended. */
  notifiesJobs: boolean
  setTheme: (theme: Theme) => void
  setProfile: (profile: RiskProfile) => void
  setModelId: (modelId: string) => void
  setZone: (zone: DisplayZone) => void
  setCandles: (candles: CandleStyle) => void
  setNotifiesJobs: (notifiesJobs: boolean) => void
}

/** Parts of a page that are drawn without a window have no system to ask. */
const systemTheme = (): Theme =>
  typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'

/** What the window remembers about its user on this machine. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: systemTheme(),
      profile: 'balanced',
      modelId: '',
      zone: 'New York',
      candles: 'house',
      notifiesJobs: false,
      setTheme: (theme) => set({ theme }),
      setProfile: (profile) => set({ profile }),
      setModelId: (modelId) => set({ modelId }),
      setZone: (zone) => set({ zone }),
      setCandles: (candles) => set({ candles }),
      setNotifiesJobs: (notifiesJobs) => set({ notifiesJobs }),
    }),
    { name: 'sigma-lab.preferences' },
  ),
)
