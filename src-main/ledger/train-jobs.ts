import type { Static } from 'typebox'
import type { ConfigTuple, Lineage } from '#shared/contract/schemas.ts'
import type { TrainJobRow as TrainJobRowSchema } from '#shared/contract/training.ts'
import { SigmaError } from '#shared/errors.ts'
import { fromJson, toJson } from './json-column.ts'
import { bit, type Page, type Query, type Value, where } from './query.ts'

export type TrainJobRow = Static<typeof TrainJobRowSchema>

export interface NewTrainJob {
  /** The job that runs it; its status, times and error are the row's. */
  job_id: number
  /** Hash of the normalised request: what a duplicate is known by. */
  key_sha: string
  model_id: string
  pack_id: string
  config: ConfigTuple
  lineage: Lineage
  algorithm: string
  seed: number
  tag: string | null
  override: boolean
}

export interface TrainJobPatch {
  artifact?: string
  metrics?: TrainJobRow['metrics']
}

interface Stored {
  job_id: number
  model_id: string
  pack_id: string
  config: string
  lineage: string
  algorithm: string
  seed: number
  tag: string | null
  override: number
  simulated: number | null
  status: TrainJobRow['status']
  progress: string | null
  error: string | null
  artifact: string | null
  metrics: string
  created_at: string
  started_at: string | null
  finished_at: string | null
}

const selection = `SELECT t.*, j.status, j.progress, j.error, j.created_at, j.started_at, j.finished_at, m.meta ->> 'simulated' AS simulated
  FROM train_jobs t JOIN jobs j ON j.id = t.job_id LEFT JOIN matrices m ON m.matrix_sha = t.lineage ->> 'matrix_sha'`

/** Share done, from 0 to 1. */
function shareDone({ status, progress }: Stored): number | null {
  if (status === 'completed') return 1
  if (progress === null) return null
  const { done, total } = fromJson<{ done: number; total: number }>(progress)
  return total > 0 ? done / total : null
}

const parsed = (row: Stored): TrainJobRow => ({
  job_id: String(row.job_id),
  model_id: row.model_id,
  pack_id: row.pack_id,
  config: fromJson(row.config),
  lineage: fromJson(row.lineage),
  simulated: row.simulated === null ? null : row.simulated === 1,
  algorithm: row.algorithm,
  seed: row.seed,
  tag: row.tag,
  override: row.override === 1,
  status: row.status,
  progress: shareDone(row),
  error: row.error && fromJson<{ message: string }>(row.error).message,
  artifact: row.artifact,
  created_at: row.created_at,
  started_at: row.started_at,
  completed_at: row.finished_at,
  metrics: fromJson(row.metrics),
})

/** What the training jobs of a batch are to train, beside the job that does it. */
export function createTrainJobs({ all, get, run }: Query) {
  const one = (clause: string, ...values: Value[]): TrainJobRow | undefined => {
    const row = get<Stored>(`${selection} ${clause}`, ...values)
    return row && parsed(row)
  }
  return {
    add(job: NewTrainJob): void {
      run(
        `INSERT INTO train_jobs (job_id, key_sha, model_id, pack_id, config, lineage, risk_profile, algorithm, seed, tag,
         override, metrics) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')`,
        job.job_id,
        job.key_sha,
        job.model_id,
        job.pack_id,
        toJson(job.config),
        toJson(job.lineage),
        job.lineage.risk_profile,
        job.algorithm,
        job.seed,
        job.tag,
        bit(job.override),
      )
    },
    get: (job_id: number) => one('WHERE t.job_id = ?', job_id),
    update(job_id: number, patch: TrainJobPatch): void {
      const { changes } = run(
        'UPDATE train_jobs SET artifact = coalesce(?, artifact), metrics = coalesce(?, metrics) WHERE job_id = ?',
        patch.artifact ?? null,
        patch.metrics ? toJson(patch.metrics) : null,
        job_id,
      )
      if (changes === 0) throw new SigmaError('NOT_FOUND', `training job ${job_id} does not exist`)
    },
    /** The newest job of the same key that has not failed and was not canceled. */
    findByKey: (key_sha: string) =>
      one(
        `WHERE t.key_sha = ? AND j.status NOT IN ('failed', 'canceled') ORDER BY t.job_id DESC LIMIT 1`,
        key_sha,
      ),
    /** Newest first. */
    list(filter: {
      model_id?: string | undefined
      risk_profile?: string | undefined
      status?: string | undefined
      limit: number
      offset: number
    }): Page<TrainJobRow> {
      const { clause, values } = where({
        't.model_id = ?': filter.model_id,
        't.risk_profile = ?': filter.risk_profile,
        'j.status = ?': filter.status,
      })
      const rows = all<Stored>(
        `${selection} ${clause} ORDER BY t.job_id DESC LIMIT ? OFFSET ?`,
        ...values,
        filter.limit,
        filter.offset,
      ).map(parsed)
      const count = get<{ n: number }>(
        `SELECT count(*) AS n FROM train_jobs t JOIN jobs j ON j.id = t.job_id ${clause}`,
        ...values,
      )
      return { rows, total: count?.n ?? 0 }
    },
  }
}
