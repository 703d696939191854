import { messageOf } from '#main/pack-store/load-model.ts'
import type { RecordAudit } from '#main/server/audit-trail.ts'
import { gates, RiskBudget } from '#shared/catalog/gates/index.ts'
import { changeRiskBudget } from '#shared/catalog/gates/risk-budget.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { type RiskProfile, riskProfiles } from '#shared/contract/schemas.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import { shaOf } from '../sha.ts'
import { measureRiskEffect } from './risk-effect.ts'
import { readShippedBudgets } from './shipped-budgets.ts'

/** More than anybody reads; older versions stay in the ledger. */
const historyShown = 100
/** Reading a run again takes a tenth of a millisecond, and the host waits for it. */
const runsLookedAt = 2000

type Means = Pick<ServiceContext, 'ledger' | 'packStore'>
type Change = InputOf<'updateRiskProfile'>['body']
type Budget = Readonly<Record<string, unknown>>

/** Risk budgets of the packs, with every version that was ever in force. */
export function createAdminRiskProfiles({
  ledger,
  packStore,
  shippedPacks,
}: Means & { shippedPacks: string }) {
  const shippedBudget = readShippedBudgets(shippedPacks)

  const rowOf = (pack_id: string, profile: RiskProfile) => {
    const current = ledger.riskProfiles.current(pack_id, profile)
    if (current === undefined) throw new SigmaError('NOT_FOUND', `no ${profile} budget of ${pack_id}`)
    const history = ledger.riskProfiles.history(pack_id, profile, historyShown)
    return { ...current, history, shipped: shippedBudget(pack_id, profile) }
  }

  return {
    async list(packId: string | undefined): Promise<ReplyOf<'listRiskProfiles'>> {
      // Asked for by name, a pack that cannot be read says why; among all it is left out.
      const ids = packId === undefined ? usablePacks(packStore) : [packId]
      for (const id of ids) for (const profile of riskProfiles) packStore.riskBudget(id, profile)
      recordRiskBudgets({ ledger, packStore })
      return {
        profiles: ids.flatMap((id) => riskProfiles.map((profile) => rowOf(id, profile))),
        rules: ruleRows,
      }
    },

    async check({ pack_id, profile, risk_budget }: Change): Promise<ReplyOf<'checkRiskProfile'>> {
      const { budget: before } = packStore.riskBudget(pack_id, profile)
      const problems = problemsOf(risk_budget)
      const isSound = problems.length === 0
      const { budget, riskFields } = isSound
        ? packStore.changedRiskBudget(pack_id, profile, risk_budget)
        : { budget: before, riskFields: null }
      return {
        risk_sha: riskFields === null ? null : shaOf(riskFields),
        risk_budget: budget,
        diff: differences(before, budget),
        problems,
        effect: measureRiskEffect(ledger.backtestRuns.judged(pack_id, profile, runsLookedAt), budget),
      }
    },

    async update(
      { pack_id, profile, risk_budget }: Change,
      record: RecordAudit,
    ): Promise<ReplyOf<'updateRiskProfile'>> {
      const { budget: before } = packStore.riskBudget(pack_id, profile)
      const { budget, riskFields } = await packStore.patchRiskBudget(pack_id, profile, risk_budget)
      const diff = differences(before, budget)
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

const ruleRows: ReplyOf<'listRiskProfiles'>['rules'] = Object.entries(RiskBudget.properties).map(
  ([rule, schema]) => {
    const {
      title = 'Risk per trade',
      unit = 'r',
      optionsOnly = false,
      fallback = null,
    } = gates.get(rule) ?? {}
    const { description = '', ...limit } = schema as { description?: string }
    return { rule, title, doc: description, unit, options_only: optionsOnly, fallback, schema: limit }
  },
)

/** Every limit that cannot be taken, by its rule. */
function problemsOf(change: Budget): { rule: string; message: string }[] {
  return Object.entries(change).flatMap(([rule, limit]) => {
    try {
      changeRiskBudget({}, { [rule]: limit })
      return []
    } catch (cause) {
      return [{ rule, message: messageOf(cause) }]
    }
  })
}

function differences(before: Budget, after: Budget) {
  return Object.keys(RiskBudget.properties)
    .map((rule) => ({ rule, from: before[rule] ?? null, to: after[rule] ?? null }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
}

function usablePacks(packStore: Means['packStore']): string[] {
  return packStore
    .packs()
    .map(({ id }) => id)
    .filter((id) => packStore.pack(id).file !== null)
}
