import type { Services } from '#main/services/index.ts'
import type { views as contract } from '#shared/contract/views.ts'
import type { Handlers } from '../handlers.ts'

export const viewRoutes = ({ views }: Services): Handlers<keyof typeof contract> => ({
  listViews: ({ query }) => views.list(query),
  saveView: ({ body }) => views.save(body),
  deleteView: ({ params }) => views.remove(params.id),
})
