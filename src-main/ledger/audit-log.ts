import { fromJson, toJson } from './json-column.ts'
import { type Clock, endOfDate, type Page, type Query, where } from './query.ts'

export interface AuditRow {
  id: number
  created_at: string
  user_id: number | null
  method: string
  path: string
  status: number
  pack_id: string | null
  model_id: string | null
  details: Record<string, unknown> | null
}
export type NewAuditRow = Omit<AuditRow, 'id' | 'created_at'>

export interface AuditFilter {
  path?: string | undefined
  method?: string | undefined
  status?: number | undefined
  pack_id?: string | undefined
  model_id?: string | undefined
  user_id?: number | undefined
  /** Dates, both included. */
  start?: string | undefined
  end?: string | undefined
  limit: number
  offset: number
}

/** Every state-changing request; nothing here may hold a token, a key or a body. */
export function createAuditLog({ all, get, run }: Query, clock: Clock) {
  return {
    add: (row: NewAuditRow): number =>
      run(
        `INSERT INTO audit_log (created_at, user_id, method, path, status, pack_id, model_id, details)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        clock(),
        row.user_id,
        row.method,
        row.path,
        row.status,
        row.pack_id,
        row.model_id,
        row.details && toJson(row.details),
      ).id,
    /** Newest first. */
    list(filter: AuditFilter): Page<AuditRow> {
      const isFamily = filter.path?.endsWith('/*') ?? false
      const { clause, values } = where({
        [isFamily ? 'path GLOB ?' : 'path = ?']: isFamily ? globBelow(filter.path) : filter.path,
        'method = ?': filter.method,
        'status = ?': filter.status,
        'pack_id = ?': filter.pack_id,
        'model_id = ?': filter.model_id,
        'user_id = ?': filter.user_id,
        'created_at >= ?': filter.start,
        'created_at < ?': endOfDate(filter.end),
      })
      const rows = all<Omit<AuditRow, 'details'> & { details: string | null }>(
        `SELECT * FROM audit_log ${clause} ORDER BY id DESC LIMIT ? OFFSET ?`,
        ...values,
        filter.limit,
        filter.offset,
      ).map((row) => ({
        ...row,
        details: row.details === null ? null : fromJson<AuditRow['details']>(row.details),
      }))
      return {
        rows,
        total: get<{ n: number }>(`SELECT count(*) AS n FROM audit_log ${clause}`, ...values)?.n ?? 0,
      }
    },
  }
}

/** `/models/*` with what GLOB would read as a pattern taken by the letter. */
function globBelow(path = ''): string {
  return `${path.slice(0, -1).replace(/[*?[]/g, '[$&]')}*`
}
