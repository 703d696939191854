import type { Services } from '#main/services/index.ts'
import type { indicators as contract } from '#shared/contract/indicators.ts'
import type { Handlers } from '../handlers.ts'

export const indicatorRoutes = ({ indicators }: Services): Handlers<keyof typeof contract> => ({
  listIndicators: ({ query }) => indicators.list(query),
  getIndicatorStatus: () => indicators.status(),
})
