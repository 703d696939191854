import type { ServiceContext } from './context.ts'
import type { PackService } from './index.ts'

/** Packs as the store holds them. */
export function createPackService({ packStore }: Pick<ServiceContext, 'packStore'>): PackService {
  return {
    list: async () => ({ packs: packStore.packs() }),
    async get(packId) {
      const { id, meta, label, risk_budgets, indicator_sets, templates, models, problems } =
        packStore.pack(packId)
      return { pack: { id, meta, label, risk_budgets, indicator_sets, templates, models, problems } }
    },
    templates: async (packId) => ({ templates: packStore.pack(packId).templates }),
    indicatorSets: async (packId) => ({ indicator_sets: packStore.pack(packId).indicator_sets }),
  }
}
