import type { RiskProfile } from '#shared/contract/schemas.ts'
import { fromJson, toJson } from './json-column.ts'
import type { Clock, Query } from './query.ts'

export interface Artifact {
  id: number
  training_run_id: number | null
  model_id: string
  pack_id: string
  risk_profile: RiskProfile
  /** Workspace path of the ONNX file. */
  uri: string
  content_sha: string
  bytes: number
  /** What scoring needs beside the file: features, classes, threshold, imputation, … */
  meta: Record<string, unknown>
  created_at: string
}
export type NewArtifact = Omit<Artifact, 'id' | 'created_at'>
type Stored = Omit<Artifact, 'meta'> & { meta: string }

const parsed = (row: Stored): Artifact => ({ ...row, meta: fromJson(row.meta) })

/** Trained model files and how to use them. */
export function createArtifacts({ all, get, run }: Query, clock: Clock) {
  return {
    add(artifact: NewArtifact): number {
      return run(
        `INSERT INTO artifacts (training_run_id, model_id, pack_id, risk_profile, uri, content_sha, bytes, meta, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        artifact.training_run_id,
        artifact.model_id,
        artifact.pack_id,
        artifact.risk_profile,
        artifact.uri,
        artifact.content_sha,
        artifact.bytes,
        toJson(artifact.meta),
        clock(),
      ).id
    },
    /** Models with the profiles that they are trained for. */
    trainedProfiles: () =>
      all<Pick<Artifact, 'model_id' | 'risk_profile'>>(
        'SELECT DISTINCT model_id, risk_profile FROM artifacts',
      ),
    get(id: number): Artifact | undefined {
      const row = get<Stored>('SELECT * FROM artifacts WHERE id = ?', id)
      return row && parsed(row)
    },
    ofRun(training_run_id: number): Artifact | undefined {
      const row = get<Stored>('SELECT * FROM artifacts WHERE training_run_id = ?', training_run_id)
      return row && parsed(row)
    },
    /** The newest that was written to a workspace path. */
    at(uri: string): Artifact | undefined {
      const row = get<Stored>('SELECT * FROM artifacts WHERE uri = ? ORDER BY id DESC LIMIT 1', uri)
      return row && parsed(row)
    },
    latestFor(model_id: string, risk_profile: RiskProfile): Artifact | undefined {
      const row = get<Stored>(
        'SELECT * FROM artifacts WHERE model_id = ? AND risk_profile = ? ORDER BY id DESC LIMIT 1',
        model_id,
        risk_profile,
      )
      return row && parsed(row)
    },
  }
}
