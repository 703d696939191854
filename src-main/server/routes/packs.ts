import type { Services } from '#main/services/index.ts'
import type { packs as contract } from '#shared/contract/packs.ts'
import type { Handlers } from '../handlers.ts'

export const packRoutes = ({ packs }: Services): Handlers<keyof typeof contract> => ({
  listPacks: () => packs.list(),
  getPack: ({ params }) => packs.get(params.pack_id),
  listPackTemplates: ({ params }) => packs.templates(params.pack_id),
  listPackIndicatorSets: ({ params }) => packs.indicatorSets(params.pack_id),
})
