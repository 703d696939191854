import { dirname } from 'node:path'
import { createPackStore } from '#main/pack-store/pack-store.ts'
import type { PackStore } from '#main/pack-store/types.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'

/** The budgets of the packs that come with the program, read when first asked for. */
export function readShippedBudgets(packs: string) {
  let store: PackStore | undefined
  return (packId: string, profile: RiskProfile): Record<string, unknown> | null => {
    store ??= createPackStore({ root: dirname(packs), watching: false })
    const isShipped = store.packs().some(({ id }) => id === packId)
    return isShipped ? (store.pack(packId).risk_budgets[profile] ?? null) : null
  }
}
