import type { AuditEntry } from '#main/server/audit-trail.ts'
import type { ServiceContext } from './context.ts'
import type { AuditService } from './index.ts'
import { withPage } from './page.ts'

/** Writes to the audit log; a request that names only a model is filed under its pack too. */
export function createAuditWriter({ ledger, packStore }: Pick<ServiceContext, 'ledger' | 'packStore'>) {
  const packOf = (modelId: string): string | null => {
    try {
      return packStore.model(modelId).packId
    } catch {
      return null
    }
  }
  return (entry: AuditEntry): void => {
    const pack_id = entry.pack_id ?? (entry.model_id === null ? null : packOf(entry.model_id))
    ledger.audit.add({ ...entry, pack_id, details: entry.details ?? null })
  }
}

/** The audit log for reading. */
export function createAuditService({ ledger }: Pick<ServiceContext, 'ledger'>): AuditService {
  return {
    async list({ method, ...filter }) {
      const page = withPage(filter, 100, (range) =>
        ledger.audit.list({ ...filter, method: method?.toUpperCase(), ...range }),
      )
      return { ...page, count: page.rows.length }
    },
  }
}
