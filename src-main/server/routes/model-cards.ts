import type { Services } from '#main/services/index.ts'
import type { modelCards as contract } from '#shared/contract/model-cards.ts'
import type { Handlers } from '../handlers.ts'

export const modelCardRoutes = ({ modelCards }: Services): Handlers<keyof typeof contract> => ({
  listModelCards: ({ query }) => modelCards.list(query),
  getModelCard: ({ query }) => modelCards.get(query),
})
