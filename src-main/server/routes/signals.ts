import type { Services } from '#main/services/index.ts'
import type { signals as contract } from '#shared/contract/signals.ts'
import type { Handlers } from '../handlers.ts'

export const signalRoutes = ({ signals }: Services): Handlers<keyof typeof contract> => ({
  listSignals: ({ query }) => signals.list(query),
  generateSignals: ({ body }) => signals.generate(body),
})
