import type { Services } from '#main/services/index.ts'
import type { marketData as contract } from '#shared/contract/market-data.ts'
import type { Handlers } from '../handlers.ts'

export const marketDataRoutes = ({ marketData }: Services): Handlers<keyof typeof contract> => ({
  getChain: ({ query }) => marketData.chain(query),
  getCoverage: ({ query }) => marketData.coverage(query),
})
