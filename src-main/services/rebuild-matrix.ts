import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { MatrixMeta } from '#main/ledger/matrices.ts'
import { barsPerSession } from '#shared/calendar/bar-times.ts'
import { sessionsBetween } from '#shared/calendar/sessions.ts'
import type { ServiceContext } from './context.ts'
import { noPath, readCsv } from './csv-matrix.ts'
import { constructMatrix } from './matrix-job.ts'
import { type MatrixPlan, matrixSpec } from './matrix-plan.ts'
import { loadSeries } from './matrix-series.ts'
import type { LoadedMatrix } from './matrix-store.ts'
import type { RunPlan } from './run-plan.ts'
import { shaOf } from './sha.ts'

export interface SourceSha {
  id: string
  content_sha: string
}

export interface RebuiltMatrix {
  /** What a matrix of the same inputs is called today. */
  matrix_sha: string
  sources: SourceSha[]
  loaded: LoadedMatrix
}

/** A matrix built again from what its spec names, as the lake or the CSV has it now; nothing is stored. Throws NO_DATA. */
export function rebuildMatrix(
  context: ServiceContext,
  meta: MatrixMeta,
  run: RunPlan,
  job: Pick<JobRunContext, 'run'>,
): Promise<RebuiltMatrix> {
  return 'csv' in meta.spec ? rereadCsv(context, meta, run) : rebuildFromLake(context, meta, run, job)
}

/** Sources that decide a matrix, from its spec. */
export function sourcesOf({ spec, csv_uri }: MatrixMeta): SourceSha[] {
  if ('csv' in spec) return [{ id: `csv:${csv_uri}`, content_sha: String(spec['csv']) }]
  return spec['sources'] as SourceSha[]
}

async function rebuildFromLake(
  { lake }: ServiceContext,
  meta: MatrixMeta,
  run: RunPlan,
  job: Pick<JobRunContext, 'run'>,
): Promise<RebuiltMatrix> {
  const plan = planOf(meta, run)
  const series = await loadSeries(lake, plan)
  const { built, description, fill } = await constructMatrix(plan, series, job)
  return {
    matrix_sha: shaOf(matrixSpec(plan, series.sources)),
    sources: series.sources,
    loaded: { meta: { ...meta, ...description, fill }, matrix: built.matrix, path: built.path },
  }
}

/** The plan that a spec was written from (see `matrixSpec`): later edits of packs do not reach it. */
function planOf({ spec }: MatrixMeta, run: RunPlan): MatrixPlan {
  const stored = spec as {
    universe: string[]
    date_window: MatrixPlan['window']
    cadence: MatrixPlan['cadence']
    features: { spelling: string }[]
    training_features: string[] | null
    flow: MatrixPlan['flow']
    contract_columns: boolean
    label: MatrixPlan['label']
    hours_filter: number[] | null
  }
  return {
    modelId: run.model_id,
    packId: run.pack_id,
    ticker: stored.universe[0]!,
    assetType: run.asset_type,
    cadence: stored.cadence,
    window: stored.date_window,
    sessions: sessionsBetween(stored.date_window.start, stored.date_window.end),
    indicators: stored.features.map(({ spelling }) => spelling),
    wanted: stored.training_features,
    flow: stored.flow,
    contractColumns: stored.contract_columns,
    label: { id: stored.label.id, params: stored.label.params },
    hours: stored.hours_filter,
  }
}

async function rereadCsv(context: ServiceContext, meta: MatrixMeta, run: RunPlan): Promise<RebuiltMatrix> {
  const model = context.packStore.model(run.model_id, run.pack_id)
  const target = String(meta.spec['target'])
  const { matrix_sha, content_sha, features, outcome, construct } = await readCsv(
    context,
    model,
    meta.csv_uri,
    target,
  )
  const matrix = construct()
  return {
    matrix_sha,
    sources: [{ id: `csv:${meta.csv_uri}`, content_sha }],
    loaded: {
      meta: {
        ...meta,
        cadence: matrix.cadence,
        features,
        training_features: features,
        classes: outcome.classes,
        fill: outcome.returns === null ? 'direction' : 'return_column',
      },
      matrix,
      path: { ...noPath, cadence: matrix.cadence, barsPerSession: barsPerSession[matrix.cadence] },
    },
  }
}
