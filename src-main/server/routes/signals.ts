import type { Services } from '#main/services/index.ts'
import type { signals as contract } from '#shared/contract/signals.ts'
import type { Handlers } from '../handlers.ts'

export const signalRoutes = ({ signals, live }: Services): Handlers<keyof typeof contract> => ({
  listSignals: ({ query }) => signals.list(query),
  importSignals: ({ body }) => live.importFills(body),
  getSignalsSummary: ({ query }) => live.summary(query),
  getSignalsLeaderboard: ({ query }) => live.leaderboard(query),
  generateSignals: ({ body }) => signals.generate(body),
})
