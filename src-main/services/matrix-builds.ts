import type { MatrixMeta } from '#main/ledger/matrices.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { resolveInside } from '#main/workspace/safe-path.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { adoptCsv } from './csv-matrix.ts'
import { featureWarnings } from './csv-warnings.ts'
import { type BuildInput, type BuildOutcome, buildNow } from './matrix-job.ts'
import { type MatrixRequest, planMatrix } from './matrix-plan.ts'
import type { VendorAccess } from './vendor-access.ts'

interface CsvInput {
  model_id: string
  pack_id: string
  csv: string
  target: string | null
}

/** Finds or builds the matrix that a use case rests on; every build is a job. */
export function createMatrixBuilds(context: ServiceContext, vendor: VendorAccess) {
  const { ledger, packStore, lake, runner, root } = context

  runner.define<BuildInput, BuildOutcome>('build_matrix', {
    title: (input) => `Matrix of ${input.model_id}`,
    run: (input, job) => buildNow(context, vendor, input, job),
  })

  runner.define<CsvInput, string>('adopt_csv', {
    title: ({ csv }) => `Reading ${csv}`,
    run: ({ model_id, pack_id, csv, target }, job) =>
      adoptCsv(context, packStore.model(model_id, pack_id), csv, target ?? undefined, job),
  })

  async function run(input: BuildInput): Promise<BuildOutcome> {
    const job = runner.submit('build_matrix', input, {
      subject: { model_id: input.model_id },
      priority: 'interactive',
    })
    return runner.wait<BuildOutcome>(job.job_id)
  }

  /** Builds a model's matrix over its train window clipped to the data. */
  async function buildDefault(model: LoadedModel): Promise<BuildOutcome> {
    const bars = (await lake.catalog()).filter((s) => s.kind === 'bars' && s.ticker === model.ticker)
    const fitting = bars.filter(({ cadence }) => cadence === model.cadence)
    const series = fitting.length > 0 ? fitting : bars
    if (series.length === 0) {
      throw new SigmaError(
        'NO_DATA',
        `model ${model.modelId}: the lake has no bars of ${model.ticker ?? 'a ticker'}. Import them, or build its matrix from start to end (POST /build_matrix), which fetches them where POLYGON_API_KEY is set`,
      )
    }
    const first = series.map((s) => s.first).sort()[0]!
    const last = series
      .map((s) => s.last)
      .sort()
      .at(-1)!
    const start = model.trainWindow && model.trainWindow.start > first ? model.trainWindow.start : first
    const end = model.trainWindow && model.trainWindow.end < last ? model.trainWindow.end : last
    const outcome = await run({ ...ownBuild(model, { start, end }), is_cut_to_lake: true })
    const note = `model ${model.modelId} had no matrix: one was built from ${start} to ${end}`
    return { ...outcome, warnings: [note, ...outcome.warnings] }
  }

  function ownBuild(model: LoadedModel, request: MatrixRequest): BuildInput {
    return {
      model_id: model.modelId,
      pack_id: model.packId,
      request,
      out_csv: `matrices/${model.modelId}/training_matrix_built.csv`,
      raw_out: null,
      tag: null,
      owner: model.modelId,
    }
  }

  return {
    run,
    ownBuild,

    /** The CSV that a request names, else the model's default matrix. */
    async choose(
      model: LoadedModel,
      csv: string | undefined,
      target: string | undefined,
    ): Promise<BuildOutcome> {
      if (csv === undefined && target === undefined) return ensureDefault(model)
      if (csv === undefined) {
        throw new SigmaError(
          'INVALID_PARAM',
          `target ${target} goes with a csv; a built matrix has the label of its model`,
        )
      }
      resolveInside(root, csv, { parameter: 'csv', mustExist: true })
      const job = runner.submit(
        'adopt_csv',
        { model_id: model.modelId, pack_id: model.packId, csv, target: target ?? null },
        {
          subject: { model_id: model.modelId },
          priority: 'interactive',
        },
      )
      const matrix_sha = await runner.wait<string>(job.job_id)
      const { matrix } = await context.matrixStore.load(matrix_sha)
      return {
        matrix_sha,
        rows: matrix.rows,
        warnings: featureWarnings(matrix, requireMatrix(matrix_sha).profile),
      }
    },

    /** The matrix that a model's backtests use: the newest build, else one over its train window. */
    ensureDefault,

    /** The same where it was built before. */
    findDefault(model: LoadedModel): MatrixMeta | undefined {
      const latest = ledger.buildRuns.latestFor(model.modelId)
      return latest && requireMatrix(latest.matrix_sha).meta
    },

    /** A matrix over a window for a sweep or for scoring; recorded as the model's build only when `own`. */
    ensure(model: LoadedModel, request: MatrixRequest, own: boolean): Promise<BuildOutcome> {
      planMatrix(packStore, model, request)
      const input = ownBuild(model, request)
      return run(own ? input : { ...input, out_csv: null })
    },

    /** A known matrix. Throws NOT_FOUND. */
    requireMatrix,
  }

  async function ensureDefault(model: LoadedModel): Promise<BuildOutcome> {
    const latest = ledger.buildRuns.latestFor(model.modelId)
    if (!latest) return buildDefault(model)
    const { meta } = requireMatrix(latest.matrix_sha)
    return { matrix_sha: latest.matrix_sha, rows: meta.rows, warnings: [] }
  }

  function requireMatrix(sha: string) {
    const stored = ledger.matrices.get(sha)
    if (!stored) throw new SigmaError('NOT_FOUND', `no matrix has the sha ${sha}`)
    return stored
  }
}
export type MatrixBuilds = ReturnType<typeof createMatrixBuilds>
