import type { RiskProfile } from '#shared/contract/schemas.ts'
import { type RunFilter, runConditions } from './build-runs.ts'
import { fromJson, toJson } from './json-column.ts'
import type { Clock, Page, Query } from './query.ts'

export interface TrainingRun {
  id: number
  pack_id: string
  model_id: string
  risk_profile: RiskProfile
  tag: string | null
  model_out_uri: string
  features: string[]
  params: Record<string, unknown>
  metrics: Record<string, unknown>
  lineage: Record<string, unknown>
  started_at: string
  finished_at: string
  created_at: string
}
export type NewTrainingRun = Omit<TrainingRun, 'id' | 'created_at'>

type JsonColumn = 'features' | 'params' | 'metrics' | 'lineage'
type Stored = Omit<TrainingRun, JsonColumn> & Record<JsonColumn, string>

const parsed = (row: Stored): TrainingRun => ({
  ...row,
  features: fromJson(row.features),
  params: fromJson(row.params),
  metrics: fromJson(row.metrics),
  lineage: fromJson(row.lineage),
})

/** Models that were trained to ONNX. */
export function createTrainingRuns({ all, get, run }: Query, clock: Clock) {
  return {
    add(training: NewTrainingRun): number {
      return run(
        `INSERT INTO training_runs (pack_id, model_id, risk_profile, tag, model_out_uri, features, params, metrics, lineage,
         started_at, finished_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        training.pack_id,
        training.model_id,
        training.risk_profile,
        training.tag,
        training.model_out_uri,
        toJson(training.features),
        toJson(training.params),
        toJson(training.metrics),
        toJson(training.lineage),
        training.started_at,
        training.finished_at,
        clock(),
      ).id
    },
    /** Newest first. */
    list(filter: RunFilter): Page<TrainingRun> {
      const { clause, values } = runConditions(filter)
      const rows = all<Stored>(
        `SELECT * FROM training_runs ${clause} ORDER BY id DESC LIMIT ? OFFSET ?`,
        ...values,
        filter.limit,
        filter.offset,
      ).map(parsed)
      const count = get<{ n: number }>(`SELECT count(*) AS n FROM training_runs ${clause}`, ...values)
      return { rows, total: count?.n ?? 0 }
    },
    /** The newest that was trained of one configuration on one matrix. */
    ofConfig(model_id: string, matrix_sha: string, config_sha: string): TrainingRun | undefined {
      const row = get<Stored>(
        `SELECT * FROM training_runs WHERE model_id = ? AND lineage ->> '$.matrix_sha' = ? AND lineage ->> '$.config_sha' = ?
         ORDER BY id DESC LIMIT 1`,
        model_id,
        matrix_sha,
        config_sha,
      )
      return row && parsed(row)
    },
    latestFor(model_id: string, risk_profile: RiskProfile): TrainingRun | undefined {
      const row = get<Stored>(
        'SELECT * FROM training_runs WHERE model_id = ? AND risk_profile = ? ORDER BY id DESC LIMIT 1',
        model_id,
        risk_profile,
      )
      return row && parsed(row)
    },
  }
}
