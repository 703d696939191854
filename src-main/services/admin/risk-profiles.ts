import type { RecordAudit } from '#main/server/audit-trail.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { type RiskProfile, riskProfiles } from '#shared/contract/schemas.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import { shaOf } from '../sha.ts'

/** More than anybody reads; older versions stay in the ledger. */
const historyShown = 100

type Means = Pick<ServiceContext, 'ledger' | 'packStore'>

/** Risk budgets of the packs, with every version that was ever in force. */
export function createAdminRiskProfiles({ ledger, packStore }: Means) {
  const rowOf = (pack_id: string, profile: RiskProfile) => {
    const current = ledger.riskProfiles.current(pack_id, profile)
    if (current === undefined) throw new SigmaError('NOT_FOUND', `no ${profile} budget of ${pack_id}`)
    const history = ledger.riskProfiles.history(pack_id, profile, historyShown)
    return { ...current, history }
  }

  return {
    async list(packId: string | undefined): Promise<ReplyOf<'listRiskProfiles'>> {
      // Asked for by name, a pack that cannot be read says why; among all it is left out.
      const ids = packId === undefined ? usablePacks(packStore) : [packId]
      for (const id of ids) for (const profile of riskProfiles) packStore.riskBudget(id, profile)
      recordRiskBudgets({ ledger, packStore })
      return { profiles: ids.flatMap((id) => riskProfiles.map((profile) => rowOf(id, profile))) }
    },

    async update(
      { pack_id, profile, risk_budget }: InputOf<'updateRiskProfile'>['body'],
      record: RecordAudit,
    ): Promise<ReplyOf<'updateRiskProfile'>> {
      const { budget: before } = packStore.riskBudget(pack_id, profile)
      const { budget, riskFields } = await packStore.patchRiskBudget(pack_id, profile, risk_budget)
      const diff = Object.keys(risk_budget)
        .map((rule) => ({ rule, from: before[rule] ?? null, to: budget[rule] }))
        .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
      const risk_sha = shaOf(riskFields)
      const version = ledger.transaction(() => {
        const added = ledger.riskProfiles.add({ pack_id, profile, risk_budget: budget, risk_sha })
        record({ details: { profile, version: added, diff } })
        return added
      })
      return { version, risk_sha, risk_budget: budget, diff }
    },
  }
}

/**
 * Notes the budgets as they are in the packs, so that the risk_sha of every lineage can be explained later. To be called whenever
 * the packs have changed, by whomever.
 */
export function recordRiskBudgets({ ledger, packStore }: Means): void {
  for (const pack_id of usablePacks(packStore)) {
    for (const profile of riskProfiles) {
      const { budget, riskFields } = packStore.riskBudget(pack_id, profile)
      const risk_sha = shaOf(riskFields)
      if (ledger.riskProfiles.current(pack_id, profile)?.risk_sha === risk_sha) continue
      ledger.riskProfiles.add({ pack_id, profile, risk_budget: budget, risk_sha })
    }
  }
}

function usablePacks(packStore: Means['packStore']): string[] {
  return packStore
    .packs()
    .map(({ id }) => id)
    .filter((id) => packStore.pack(id).file !== null)
}
