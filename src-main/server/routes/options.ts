import type { Services } from '#main/services/index.ts'
import type { options as contract } from '#shared/contract/options.ts'
import type { Handlers } from '../handlers.ts'

export const optionRoutes = ({ options }: Services): Handlers<keyof typeof contract> => ({
  listExpirations: ({ query }) => options.expirations(query),
  createOptionsOverlay: ({ body }) => options.overlay(body),
  listOptionSignals: ({ query }) => options.list(query),
  getOptionParity: ({ query }) => options.parity(query),
  getOptionPayoff: ({ params }) => options.payoff(params.id),
})
