import type { Services } from '#main/services/index.ts'
import type { selections as contract } from '#shared/contract/selections.ts'
import type { Handlers } from '../handlers.ts'

export const selectionRoutes = ({ selections }: Services): Handlers<keyof typeof contract> => ({
  createSelection: ({ body }) => selections.create(body),
  getSelection: ({ params }) => selections.get(params.id),
})
