import type { Static } from 'typebox'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import type { SweepAnalysis, SweepWork } from '#shared/contract/sweep-analysis.ts'
import type { SweepSummary as SweepSummarySchema } from '#shared/contract/sweeps.ts'
import { SigmaError } from '#shared/errors.ts'
import { fromJson, toJson } from './json-column.ts'
import { type Clock, type Page, type Query, type Value, where } from './query.ts'

export type SweepSummary = Static<typeof SweepSummarySchema>
type Later = 'null_test' | 'chosen' | 'inside' | 'outside' | 'years' | 'work'
/** The null test is there once one ran; sweeps of earlier versions lack the figures of each split. */
export type StoredAnalysis = Omit<SweepAnalysis, Later> & Partial<Pick<SweepAnalysis, Later>>
/** A sweep with what only the host needs. */
export interface Sweep extends SweepSummary {
  job_id: number | null
  identity_sha: string
  /** Figures over all its configurations (P(OOS loss), MinBTL, …), once it is done. */
  analysis: StoredAnalysis | null
}

export interface NewSweep {
  identity_sha: string
  pack_id: string
  model_id: string
  tag: string | null
  risk_profile: RiskProfile
  matrix_sha: string | null
  total: number
  spec: Record<string, unknown>
}

/** What may change; status, times and error come from the job. */
export interface SweepPatch {
  job_id?: number
  matrix_sha?: string
  total?: number
  pbo?: number | null
  analysis?: StoredAnalysis
}

export interface SweepFilter {
  pack_id?: string | undefined
  model_id?: string | undefined
  tag?: string | undefined
  status?: string | undefined
  limit: number
  offset: number
}

export interface SweepResult {
  id: number
  position: number
  kind: string
  config_key: string
  params: Record<string, unknown>
  metrics: Record<string, unknown>
  backtest_run_id: number | null
  created_at: string
}

type Stored = Omit<Sweep, 'spec' | 'error' | 'analysis'> & {
  spec: string
  error: string | null
  analysis: string | null
}

// A sweep without a job exists only inside the transaction that makes both.
const columns = `w.id, w.job_id, w.identity_sha, w.pack_id, w.model_id, w.tag, w.risk_profile, w.matrix_sha, w.total, w.spec,
  w.pbo, w.created_at, coalesce(j.status, 'queued') AS status, j.error, j.started_at, j.finished_at,
  (SELECT count(*) FROM sweep_results s WHERE s.sweep_id = w.id) AS completed,
  (SELECT count(*) FROM backtest_runs r WHERE r.sweep_id = w.id AND r.gate_pass = 1) AS passed`
const source = `FROM sweeps w LEFT JOIN jobs j ON j.id = w.job_id`

const parsed = (row: Stored): Sweep => ({
  ...row,
  spec: fromJson(row.spec),
  error: row.error && fromJson<{ message: string }>(row.error).message,
  analysis: row.analysis === null ? null : fromJson(row.analysis),
})

/** Sweeps and the order of their configurations; the figures of each are a backtest run. */
export function createSweeps({ all, get, run }: Query, clock: Clock) {
  const one = (clause: string, ...values: Value[]): Sweep | undefined => {
    const row = get<Stored>(`SELECT ${columns}, w.analysis ${source} ${clause}`, ...values)
    return row && parsed(row)
  }
  return {
    add(sweep: NewSweep): number {
      return run(
        `INSERT INTO sweeps (identity_sha, pack_id, model_id, tag, risk_profile, matrix_sha, total, spec, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        sweep.identity_sha,
        sweep.pack_id,
        sweep.model_id,
        sweep.tag,
        sweep.risk_profile,
        sweep.matrix_sha,
        sweep.total,
        toJson(sweep.spec),
        clock(),
      ).id
    },
    update(id: number, patch: SweepPatch): void {
      const { changes } = run(
        `UPDATE sweeps SET job_id = coalesce(?, job_id), matrix_sha = coalesce(?, matrix_sha), total = coalesce(?, total),
         pbo = coalesce(?, pbo), analysis = coalesce(?, analysis) WHERE id = ?`,
        patch.job_id ?? null,
        patch.matrix_sha ?? null,
        patch.total ?? null,
        patch.pbo ?? null,
        patch.analysis ? toJson(patch.analysis) : null,
        id,
      )
      if (changes === 0) throw new SigmaError('NOT_FOUND', `sweep ${id} does not exist`)
    },
    get: (id: number) => one('WHERE w.id = ?', id),
    findByJob: (job_id: number) => one('WHERE w.job_id = ?', job_id),
    /** The newest sweep of the same identity that has not failed and was not canceled. */
    findByIdentity: (identity_sha: string) =>
      one(
        `WHERE w.identity_sha = ? AND coalesce(j.status, 'queued') NOT IN ('failed', 'canceled') ORDER BY w.id DESC LIMIT 1`,
        identity_sha,
      ),
    /** Newest first, without the analysis: it is long. */
    list(filter: SweepFilter): Page<SweepSummary> {
      const { clause, values } = where({
        'w.pack_id = ?': filter.pack_id,
        'w.model_id = ?': filter.model_id,
        'w.tag = ?': filter.tag,
        "coalesce(j.status, 'queued') = ?": filter.status,
      })
      const rows = all<Stored>(
        `SELECT ${columns}, NULL AS analysis ${source} ${clause} ORDER BY w.id DESC LIMIT ? OFFSET ?`,
        ...values,
        filter.limit,
        filter.offset,
      )
      const count = get<{ n: number }>(
        `SELECT count(*) AS n FROM sweeps w LEFT JOIN jobs j ON j.id = w.job_id ${clause}`,
        ...values,
      )
      return { rows: rows.map(parsed), total: count?.n ?? 0 }
    },
    /** What the newest finished sweeps took, with the plan that says how much it was. */
    recentWork(limit: number): { spec: Record<string, unknown>; work: SweepWork; total: number }[] {
      const rows = all<{ spec: string; work: string; total: number }>(
        `SELECT spec, analysis -> '$.work' AS work, total FROM sweeps WHERE analysis ->> '$.work.trained_folds' IS NOT NULL
         ORDER BY id DESC LIMIT ?`,
        limit,
      )
      return rows.map(({ spec, work, total }) => ({ spec: fromJson(spec), work: fromJson(work), total }))
    },
    /** In the order of the configurations. */
    results(sweep_id: number, limit: number, offset: number): Page<SweepResult> {
      const rows = all<Omit<SweepResult, 'params' | 'metrics'> & { params: string; metrics: string }>(
        `SELECT s.id, s.position, coalesce(r.config ->> 'kind', '') AS kind, s.config_key, coalesce(r.params, '{}') AS params,
         coalesce(r.metrics, '{}') AS metrics, s.backtest_run_id, s.created_at
         FROM sweep_results s LEFT JOIN backtest_runs r ON r.id = s.backtest_run_id
         WHERE s.sweep_id = ? ORDER BY s.position, s.id LIMIT ? OFFSET ?`,
        sweep_id,
        limit,
        offset,
      )
      const count = get<{ n: number }>('SELECT count(*) AS n FROM sweep_results WHERE sweep_id = ?', sweep_id)
      return {
        rows: rows.map((row) => ({ ...row, params: fromJson(row.params), metrics: fromJson(row.metrics) })),
        total: count?.n ?? 0,
      }
    },
    /** Runs by the configurations that are stored already: a resumed sweep leaves them out. */
    runsByKey(sweep_id: number): Map<string, number> {
      const rows = all<{ config_key: string; run_id: number }>(
        `SELECT config_key, backtest_run_id AS run_id FROM sweep_results
         WHERE sweep_id = ? AND backtest_run_id IS NOT NULL`,
        sweep_id,
      )
      return new Map(rows.map(({ config_key, run_id }) => [config_key, run_id]))
    },
  }
}
