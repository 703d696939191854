import type { Services } from '#main/services/index.ts'
import type { sync as contract } from '#shared/contract/sync.ts'
import type { Handlers } from '../handlers.ts'

export const syncRoutes = ({ sync }: Services): Handlers<keyof typeof contract> => ({
  startSync: ({ body }) => sync.start(body),
  getSync: () => sync.state(),
})
