import type { ReplyOf } from '#shared/contract/index.ts'
import type { ServiceContext } from '../context.ts'

/** Packs and indicator sets across the workspace. */
export function createAdminPacks({ ledger, packStore }: Pick<ServiceContext, 'ledger' | 'packStore'>) {
  return {
    async list(): Promise<ReplyOf<'listAdminPacks'>> {
      const packs = packStore.packs().map(({ id, meta, models, problems }) => {
        const { indicator_sets, templates } = packStore.pack(id)
        return {
          ...{ id, meta, models, problems },
          indicator_sets: indicator_sets.length,
          templates: templates.length,
          drafts: ledger.templateDrafts.list(id).length,
        }
      })
      return { packs }
    },
    async indicatorSets(packId: string | undefined): Promise<ReplyOf<'listAdminIndicatorSets'>> {
      const ids = packId === undefined ? packStore.packs().map(({ id }) => id) : [packId]
      return { indicator_sets: ids.flatMap((id) => packStore.pack(id).indicator_sets) }
    },
  }
}
