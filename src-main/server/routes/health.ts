import type { Services } from '#main/services/index.ts'
import type { health as contract } from '#shared/contract/health.ts'
import type { Handlers } from '../handlers.ts'

export const healthRoutes = ({ health }: Services): Handlers<keyof typeof contract> => ({
  getHealth: () => ({}),
  getHealthDetails: ({ query }) => health.details(query),
})
