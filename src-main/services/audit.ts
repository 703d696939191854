import type { AuditEntry } from '#main/server/audit-trail.ts'
import type { ServiceContext } from './context.ts'

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
    ledger.audit.add({ ...entry, pack_id, details: null })
  }
}
