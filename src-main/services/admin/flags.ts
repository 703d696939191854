import type { Ledger } from '#main/ledger/ledger.ts'
import type { RecordAudit } from '#main/server/audit-trail.ts'
import { type FlagKey, flagKeys } from '#shared/contract/admin-settings.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import type { ServiceContext } from '../context.ts'

/** How each flag stands until somebody changes it. */
const isOnAtFirst: Record<FlagKey, boolean> = { sample_data: true, require_token: false }

/** Whether a flag is on now. */
export function isFlagOn({ flags }: Pick<Ledger, 'flags'>, key: FlagKey): boolean {
  return flags.list().find((each) => each.key === key)?.enabled ?? isOnAtFirst[key]
}

/** Switches of the workspace. */
export function createAdminFlags({ ledger }: Pick<ServiceContext, 'ledger'>) {
  const describe = (): ReplyOf<'listFlags'>['flags'] => {
    const set = ledger.flags.list()
    return (Object.keys(flagKeys) as FlagKey[]).map((key) => ({
      key,
      enabled: isFlagOn(ledger, key),
      description: flagKeys[key],
      updated_at: set.find((each) => each.key === key)?.updated_at ?? null,
    }))
  }
  return {
    list: async () => ({ flags: describe() }),
    async update({ key, enabled }: InputOf<'updateFlag'>['body'], record: RecordAudit) {
      ledger.transaction(() => {
        ledger.flags.set(key, enabled)
        record({ details: { key, enabled } })
      })
      return { flag: describe().find((each) => each.key === key)! }
    },
  }
}
