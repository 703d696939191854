import type { ImportReport, ImportRow } from '#shared/contract/data.ts'
import { fromJson, toJson } from './json-column.ts'
import type { Clock, Query } from './query.ts'

interface Stored {
  id: number
  job_id: number
  file_name: string
  sha: string
  kind: string
  ticker: string
  cadence: string
  source: string
  source_before: string | null
  status: ImportRow['status']
  report: string
  created_at: string
  undone_at: string | null
}

export interface StoredImport {
  id: number
  sourceBefore: string | null
  report: ImportReport
  row: ImportRow
}

export interface NewImport {
  job_id: number
  file_name: string
  source_before: string | null
  report: ImportReport
}

/** Files taken into the lake. */
export function createImports({ all, get, run }: Query, clock: Clock) {
  const one = (where: string, value: number): StoredImport | undefined => {
    const stored = get<Stored>(`SELECT * FROM imports WHERE ${where} ORDER BY id DESC LIMIT 1`, value)
    return stored && importOf(stored)
  }
  return {
    /** Recorded as being written; returns its id. */
    add: ({ job_id, file_name, source_before, report }: NewImport): number =>
      run(
        `INSERT INTO imports (job_id, file_name, sha, kind, ticker, cadence, source, source_before, status, report, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'writing', ?, ?)`,
        job_id,
        file_name,
        report.file.sha,
        report.kind,
        report.ticker,
        report.cadence ?? '',
        report.source,
        source_before,
        toJson(report),
        clock(),
      ).id,
    setStatus(id: number, status: ImportRow['status']): void {
      run(
        'UPDATE imports SET status = ?, undone_at = ? WHERE id = ?',
        status,
        status === 'undone' ? clock() : null,
        id,
      )
    },
    get: (id: number) => one('id = ?', id),
    /** The newest import that a job has begun. */
    ofJob: (job_id: number) => one('job_id = ?', job_id),
    list({ limit, offset }: { limit: number; offset: number }): { rows: ImportRow[]; total: number } {
      const rows = all<Stored>('SELECT * FROM imports ORDER BY id DESC LIMIT ? OFFSET ?', limit, offset)
      const total = get<{ total: number }>('SELECT count(*) AS total FROM imports')?.total ?? 0
      return { rows: rows.map((stored) => importOf(stored).row), total }
    },
  }
}

function importOf({ source_before, ...stored }: Stored): StoredImport {
  const report = fromJson<ImportReport>(stored.report)
  const { rows, bad, added, replaced, dropped, first, last } = report
  const { id, job_id, report: _, ...own } = stored
  return {
    id,
    sourceBefore: source_before,
    report,
    row: {
      ...own,
      ...{ id: String(id), job_id: String(job_id), cadence: stored.cadence || null },
      ...{ rows, bad, added, replaced, dropped, first, last },
    },
  }
}
