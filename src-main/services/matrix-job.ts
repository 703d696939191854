import type { JobRunContext } from '#main/jobs/job-runner.ts'
import { barsWithin, opensAtCloseShare } from '#main/lake/resample-bars.ts'
import { resolveInside } from '#main/workspace/safe-path.ts'
import { sessionOpen } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import { type BuildMatrixInput, type BuildMatrixResult, buildMatrixJob } from '#shared/jobs/build-matrix.ts'
import type { ServiceContext } from './context.ts'
import { fetchMissing } from './fetch-missing.ts'
import { type MatrixPlan, type MatrixRequest, matrixSpec, planMatrix } from './matrix-plan.ts'
import { type LoadedSeries, loadSeries } from './matrix-series.ts'
import { measureFills } from './measure-fills.ts'
import { writeModelCard } from './model-cards.ts'
import { writeRawFlow } from './raw-flow.ts'
import { requireRowsWithin, rowsOf } from './row-quota.ts'
import { ownColumn } from './scoring.ts'
import { shaOf } from './sha.ts'
import type { VendorAccess } from './vendor-access.ts'

/** Above this share of opens equal to the previous close, opens are not traded prices (engine.md 5). */
const FAKE_OPEN_SHARE = 0.05
/** Sessions that say whether opens are traded prices, at the least. */
const LEAST_OPENS = 100

export interface BuildInput {
  model_id: string
  pack_id: string
  request: MatrixRequest
  /** Null: nothing but the content-addressed files. */
  out_csv: string | null
  raw_out: string | null
  tag: string | null
  /** The model whose latest build this becomes; null for stock matrices. */
  owner: string | null
  /** The window was cut to what the lake holds: nothing is to be fetched for it. */
  is_cut_to_lake?: boolean
}

export interface BuildOutcome {
  matrix_sha: string
  rows: number
  warnings: string[]
}

/** Fetches what the lake lacks of a plan and loads its data, builds its matrix unless its sha is known, and records it as asked. */
export async function buildNow(
  context: ServiceContext,
  vendor: VendorAccess,
  input: BuildInput,
  job: JobRunContext,
): Promise<BuildOutcome> {
  const { ledger, packStore, lake, matrixStore, clock, root } = context
  const started_at = clock()
  const model = packStore.model(input.model_id, input.pack_id)
  const plan = planMatrix(packStore, model, input.request)
  const gaps = input.is_cut_to_lake ? [] : await fetchMissing(context, vendor, plan, job)
  job.report({ done: 0, total: 10, note: 'loading data' })
  const series = await loadSeries(lake, plan)
  const { input: build, sources } = series
  const warnings = [...gaps, ...series.warnings]
  requireRowsWithin(ledger, rowsOf(build))
  const spec = matrixSpec(plan, sources)
  const matrix_sha = shaOf(spec)
  let stored = ledger.matrices.get(matrix_sha)
  if (!stored) {
    const { built, description, fill } = await constructMatrix(plan, series, job)
    const csv_sha = await matrixStore.save(matrix_sha, built.matrix, built.path)
    stored = ledger.matrices.put(
      {
        ...description,
        matrix_sha,
        sources,
        simulated: sources.some((s) => s.simulated),
        spec,
        csv_uri: matrixStore.uriOf(matrix_sha, 'csv'),
        csv_sha,
        columnar_uri: matrixStore.uriOf(matrix_sha, 'parquet'),
        fill,
      },
      built.profile,
    )
  }
  if (input.raw_out !== null) {
    if (!build.flow)
      throw new SigmaError('NO_DATA', `there are no option minute aggregates of ${plan.ticker} to dump`)
    await writeRawFlow(
      context.duck,
      build.flow,
      plan,
      resolveInside(root, input.raw_out, { parameter: 'raw_out' }),
    )
  }
  const rows = stored.meta.rows
  // A build that was canceled must not become the model's matrix.
  job.checkpoint()
  if (input.out_csv !== null) {
    await matrixStore.copyCsv(matrix_sha, resolveInside(root, input.out_csv, { parameter: 'out_csv' }))
    const { label_balance, nan_pct, leakage_flags } = stored.profile
    const metrics = { rows, features: stored.meta.features.length, label_balance, nan_pct, leakage_flags }
    ledger.buildRuns.add({
      pack_id: model.packId,
      model_id: input.owner,
      tag: input.tag,
      matrix_sha,
      out_csv_uri: input.out_csv,
      params: { ...input.request },
      metrics,
      lineage: { matrix_sha, sources },
      started_at,
      finished_at: clock(),
    })
    if (input.owner !== null) {
      await writeModelCard(context, model, 'build', {
        params: { ...input.request },
        metrics,
        lineage: { matrix_sha },
        matrix: stored.meta,
      })
    }
    context.announce('result', { kind: 'matrix', model_id: input.owner, matrix_sha })
  }
  return { matrix_sha, rows, warnings: [...warnings, ...leakageWarnings(stored.profile.leakage_flags)] }
}

/** The matrix of a plan on series that are loaded, with how its trades are filled; nothing is stored. */
export async function constructMatrix(
  plan: MatrixPlan,
  { input, fillMinutes }: LoadedSeries,
  job: Pick<JobRunContext, 'run'>,
) {
  const fill = fillRule(plan, input)
  const built = await job.run(buildMatrixJob, input)
  built.matrix.contractFilled = fillMinutes && measureFills(fillMinutes, built.matrix)
  return { built, description: describe(plan, built), fill }
}

function describe(plan: MatrixPlan, { matrix }: BuildMatrixResult) {
  const available = new Set(matrix.features)
  const missing = plan.wanted?.filter((name) => !available.has(name) && !ownColumn(matrix, name)) ?? []
  if (missing.length > 0) {
    throw new SigmaError(
      'NO_DATA',
      `feature ${missing[0]} of model ${plan.modelId} is not among the columns that the data allows`,
    )
  }
  return {
    model_id: plan.modelId,
    pack_id: plan.packId,
    ticker: plan.ticker,
    cadence: plan.cadence,
    rows: matrix.rows,
    features: matrix.features,
    training_features: plan.wanted ?? matrix.features.filter((name) => !name.startsWith('contract_')),
    classes: matrix.classes,
    date_window: plan.window,
    label: plan.label,
  }
}

/** Opens that mostly repeat the previous close were never traded: then trades are filled at closes (engine.md 5). */
function fillRule(plan: MatrixPlan, { trueBars, firstRow, endRow }: BuildMatrixInput): string {
  // Of a window of a few sessions one chance repeat would be a large share, so history is looked at with it.
  const first = Math.min(trueBars.session[firstRow]!, trueBars.session[endRow - 1]! - LEAST_OPENS)
  const fakeShare = opensAtCloseShare(
    barsWithin(trueBars, sessionOpen[Math.max(0, first)]!, trueBars.ts[endRow - 1]!),
  )
  const areFake = fakeShare >= FAKE_OPEN_SHARE
  if (plan.label.id !== 'close_to_open') return areFake ? 'next_close' : 'next_open'
  if (!areFake) return 'close_to_open'
  throw new SigmaError(
    'NO_DATA',
    `the opens of ${plan.ticker} are not traded prices (${(fakeShare * 100).toFixed(0)} % equal the previous close): overnight trades cannot be filled on them`,
  )
}

function leakageWarnings(flags: readonly { column: string; level: string; reason: string }[]): string[] {
  return flags
    .filter(({ level }) => level === 'red')
    .map(({ column, reason }) => `${column} may leak: ${reason}`)
}
