import { fromJson, toJson } from './json-column.ts'
import { type Clock, endOfDate, type Page, type Query, where } from './query.ts'

export interface BuildRun {
  id: number
  pack_id: string
  model_id: string | null
  tag: string | null
  matrix_sha: string
  out_csv_uri: string
  params: Record<string, unknown>
  metrics: Record<string, unknown>
  lineage: Record<string, unknown>
  started_at: string
  finished_at: string
  created_at: string
}
export type NewBuildRun = Omit<BuildRun, 'id' | 'created_at'>

export interface RunFilter {
  pack_id?: string | undefined
  model_id?: string | undefined
  tag?: string | undefined
  /** Dates, both included, of `created_at`. */
  start?: string | undefined
  end?: string | undefined
  limit: number
  offset: number
}

type Stored = Omit<BuildRun, 'params' | 'metrics' | 'lineage'> &
  Record<'params' | 'metrics' | 'lineage', string>

const parsed = (row: Stored): BuildRun => ({
  ...row,
  params: fromJson(row.params),
  metrics: fromJson(row.metrics),
  lineage: fromJson(row.lineage),
})

/** Finished matrix builds; a failed one is a failed job and leaves no row here. */
export function createBuildRuns({ all, get, run }: Query, clock: Clock) {
  return {
    add(build: NewBuildRun): number {
      return run(
        `INSERT INTO build_runs (pack_id, model_id, tag, matrix_sha, out_csv_uri, params, metrics, lineage,
         started_at, finished_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        build.pack_id,
        build.model_id,
        build.tag,
        build.matrix_sha,
        build.out_csv_uri,
        toJson(build.params),
        toJson(build.metrics),
        toJson(build.lineage),
        build.started_at,
        build.finished_at,
        clock(),
      ).id
    },
    /** Newest first. */
    list(filter: RunFilter): Page<BuildRun> {
      const { clause, values } = runConditions(filter)
      const rows = all<Stored>(
        `SELECT * FROM build_runs ${clause} ORDER BY id DESC LIMIT ? OFFSET ?`,
        ...values,
        filter.limit,
        filter.offset,
      ).map(parsed)
      const count = get<{ n: number }>(`SELECT count(*) AS n FROM build_runs ${clause}`, ...values)
      return { rows, total: count?.n ?? 0 }
    },
    /** The build that gives a model its default matrix. */
    latestFor(model_id: string): BuildRun | undefined {
      const row = get<Stored>(
        'SELECT * FROM build_runs WHERE model_id = ? ORDER BY id DESC LIMIT 1',
        model_id,
      )
      return row && parsed(row)
    },
  }
}

/** The filter that build and training runs share. */
export const runConditions = (filter: Omit<RunFilter, 'limit' | 'offset'>) =>
  where({
    'pack_id = ?': filter.pack_id,
    'model_id = ?': filter.model_id,
    'tag = ?': filter.tag,
    'created_at >= ?': filter.start,
    'created_at < ?': endOfDate(filter.end),
  })
