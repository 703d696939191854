import type { ComponentType } from 'react'
import type { IconName } from '#renderer/components/icon.tsx'
import type { ScreenTab } from '#renderer/stores/screen-tabs.ts'
import { adminTabs } from './admin/admin-tabs.ts'
import { modelTabs } from './models/model-tabs.ts'
import { signalTabs } from './signals/signal-tabs.ts'

export interface ScreenEntry {
  id: string
  title: string
  icon: IconName
  /** Goes there after `g`. */
  key: string
  /** Its parts, the one that opens first in front. */
  tabs?: readonly ScreenTab[]
  load: () => Promise<ComponentType>
}

/** Every screen, in the order of the rail. Each is loaded when first shown. */
export const screens: readonly ScreenEntry[] = [
  {
    id: 'home',
    title: 'Home',
    icon: 'home',
    key: 'h',
    load: async () => (await import('./home/home-screen.tsx')).HomeScreen,
  },
  {
    id: 'data',
    title: 'Data',
    icon: 'data',
    key: 'd',
    load: async () => (await import('./data/data-screen.tsx')).DataScreen,
  },
  {
    id: 'models',
    title: 'Models',
    icon: 'models',
    key: 'o',
    tabs: modelTabs,
    load: async () => (await import('./models/models-screen.tsx')).ModelsScreen,
  },
  {
    id: 'matrix',
    title: 'Matrix',
    icon: 'matrix',
    key: 'm',
    load: async () => (await import('./matrix/matrix-screen.tsx')).MatrixScreen,
  },
  {
    id: 'sweeps',
    title: 'Sweeps',
    icon: 'sweeps',
    key: 's',
    load: async () => (await import('./sweeps/sweeps-screen.tsx')).SweepsScreen,
  },
  {
    id: 'leaderboard',
    title: 'Leaderboard',
    icon: 'leaderboard',
    key: 'l',
    load: async () => (await import('./leaderboard/leaderboard-screen.tsx')).LeaderboardScreen,
  },
  {
    id: 'compare',
    title: 'Compare',
    icon: 'compare',
    key: 'c',
    load: async () => (await import('./compare/compare-screen.tsx')).CompareScreen,
  },
  {
    id: 'run',
    title: 'Run',
    icon: 'run',
    key: 'r',
    load: async () => (await import('./run/run-screen.tsx')).RunScreen,
  },
  {
    id: 'train',
    title: 'Train',
    icon: 'train',
    key: 't',
    load: async () => (await import('./train/train-screen.tsx')).TrainScreen,
  },
  {
    id: 'signals',
    title: 'Signals',
    icon: 'signals',
    key: 'i',
    tabs: signalTabs,
    load: async () => (await import('./signals/signals-screen.tsx')).SignalsScreen,
  },
  {
    id: 'options',
    title: 'Options',
    icon: 'options',
    key: 'x',
    load: async () => (await import('./options/options-screen.tsx')).OptionsScreen,
  },
  {
    id: 'policy',
    title: 'Policy',
    icon: 'check',
    key: 'p',
    load: async () => (await import('./policy/policy-screen.tsx')).PolicyScreen,
  },
  {
    id: 'cards',
    title: 'Cards',
    icon: 'cards',
    key: 'k',
    load: async () => (await import('./cards/cards-screen.tsx')).CardsScreen,
  },
  {
    id: 'admin',
    title: 'Admin',
    icon: 'admin',
    key: 'a',
    tabs: adminTabs,
    load: async () => (await import('./admin/admin-screen.tsx')).AdminScreen,
  },
  {
    id: 'settings',
    title: 'Settings',
    icon: 'settings',
    key: ',',
    load: async () => (await import('./settings/settings-screen.tsx')).SettingsScreen,
  },
]
