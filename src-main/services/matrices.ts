import type { JobRunContext } from '#main/jobs/job-runner.ts'
import { barsWithin, opensAtCloseShare } from '#main/lake/resample-bars.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { resolveInside } from '#main/workspace/safe-path.ts'
import { sessionOpen } from '#shared/calendar/sessions.ts'
import { labels } from '#shared/catalog/labels/index.ts'
import { resolveLabel } from '#shared/catalog/labels/resolve.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import { type BuildMatrixInput, type BuildMatrixResult, buildMatrixJob } from '#shared/jobs/build-matrix.ts'
import type { ServiceContext } from './context.ts'
import { adoptCsv } from './csv-matrix.ts'
import { type MatrixPlan, type MatrixRequest, matrixSpec, planMatrix } from './matrix-plan.ts'
import { firstRows } from './matrix-rows.ts'
import { loadSeries } from './matrix-series.ts'
import { measureFills } from './measure-fills.ts'
import { writeModelCard } from './model-cards.ts'
import { parseHours } from './parse-lists.ts'
import { writeRawFlow } from './raw-flow.ts'
import { requireRowsWithin, rowsOf } from './row-quota.ts'
import { ownColumn } from './scoring.ts'
import { shaOf } from './sha.ts'

/** Above this share of opens equal to the previous close, opens are not traded prices (engine.md 5). */
const FAKE_OPEN_SHARE = 0.05
/** Sessions that say whether opens are traded prices, at the least. */
const LEAST_OPENS = 100

interface BuildInput {
  model_id: string
  pack_id: string
  request: MatrixRequest
  /** Null: nothing but the content-addressed files. */
  out_csv: string | null
  raw_out: string | null
  tag: string | null
  /** The model whose latest build this becomes; null for stock matrices. */
  owner: string | null
}

interface CsvInput {
  model_id: string
  pack_id: string
  csv: string
  target: string | null
}

interface BuildOutcome {
  matrix_sha: string
  rows: number
  warnings: string[]
}

/** Training matrices: built once per content, kept by sha. */
export function createMatrixService(context: ServiceContext) {
  const { ledger, packStore, lake, matrixStore, runner, clock, root } = context

  runner.define<BuildInput, BuildOutcome>('build_matrix', {
    title: (input) => `Matrix of ${input.model_id}`,
    run: buildNow,
  })

  runner.define<CsvInput, string>('adopt_csv', {
    title: ({ csv }) => `Reading ${csv}`,
    run: ({ model_id, pack_id, csv, target }, job) =>
      adoptCsv(context, packStore.model(model_id, pack_id), csv, target ?? undefined, job),
  })

  async function buildNow(input: BuildInput, job: JobRunContext): Promise<BuildOutcome> {
    const started_at = clock()
    const model = packStore.model(input.model_id, input.pack_id)
    const plan = planMatrix(packStore, model, input.request)
    job.report({ done: 0, total: 10, note: 'loading data' })
    const { input: build, fillMinutes, sources, warnings } = await loadSeries(lake, plan)
    requireRowsWithin(ledger, rowsOf(build))
    const spec = matrixSpec(plan, sources)
    const matrix_sha = shaOf(spec)
    let stored = ledger.matrices.get(matrix_sha)
    if (!stored) {
      const fill = fillRule(plan, build)
      const built = await job.run(buildMatrixJob, build)
      built.matrix.contractFilled = fillMinutes && measureFills(fillMinutes, built.matrix)
      const description = describe(plan, built)
      await matrixStore.save(matrix_sha, built.matrix, built.path)
      stored = ledger.matrices.put(
        {
          ...description,
          matrix_sha,
          sources,
          simulated: sources.some((s) => s.simulated),
          spec,
          csv_uri: matrixStore.uriOf(matrix_sha, 'csv'),
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

  async function runBuild(input: BuildInput): Promise<BuildOutcome> {
    const job = runner.submit('build_matrix', input, {
      subject: { model_id: input.model_id },
      priority: 'interactive',
    })
    return runner.wait<BuildOutcome>(job.job_id)
  }

  function checkCsvPath(path: string, parameter: string): string {
    if (!path.endsWith('.csv'))
      throw new SigmaError('INVALID_PARAM', `${parameter} must end with .csv, got ${path}`)
    resolveInside(root, path, { parameter })
    return path
  }

  /** Builds a model's matrix over its train window clipped to the data. */
  async function buildDefault(model: LoadedModel): Promise<BuildOutcome> {
    const series = (await lake.catalog()).filter((s) => s.kind === 'bars' && s.ticker === model.ticker)
    if (series.length === 0) {
      throw new SigmaError(
        'NO_DATA',
        `model ${model.modelId}: the lake has no bars of ${model.ticker ?? 'a ticker'}`,
      )
    }
    const first = series.map((s) => s.first).sort()[0]!
    const last = series
      .map((s) => s.last)
      .sort()
      .at(-1)!
    const start = model.trainWindow && model.trainWindow.start > first ? model.trainWindow.start : first
    const end = model.trainWindow && model.trainWindow.end < last ? model.trainWindow.end : last
    const outcome = await runBuild(ownBuild(model, { start, end }))
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
    async build(body: InputOf<'buildMatrix'>['body']): Promise<ReplyOf<'buildMatrix'>> {
      const model = packStore.model(body.model_id, body.pack_id)
      const { start, end, ticker, k_sigma, fixed_bp, distance_max } = body
      const request = defined({ start, end, ticker, k_sigma, fixed_bp, distance_max }) as MatrixRequest
      const input = ownBuild(model, request)
      if (body.out_csv !== undefined) input.out_csv = checkCsvPath(body.out_csv, 'out_csv')
      if (body.dump_raw || body.raw_out !== undefined) {
        input.raw_out = checkCsvPath(body.raw_out ?? `matrices/${model.modelId}/raw_flow.csv`, 'raw_out')
      }
      input.tag = body.tag ?? null
      planMatrix(packStore, model, request)
      const outcome = await runBuild(input)
      return { out_csv: input.out_csv!, ...outcome }
    },

    async buildStock(body: InputOf<'buildStockMatrix'>['body']): Promise<ReplyOf<'buildStockMatrix'>> {
      const model = body.model_id ? packStore.model(body.model_id, body.pack_id) : stockModel(body.pack_id)
      const ticker = body.ticker.toUpperCase()
      const request: MatrixRequest = { start: body.start, end: body.end, ticker }
      if (body.label_kind !== undefined) {
        const { label, params } = resolveLabel({ kind: body.label_kind })
        request.label = { id: label.id, params }
      }
      const folder = ticker.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
      const out_csv = checkCsvPath(body.out_csv ?? `matrices/${folder}/stock_matrix.csv`, 'out_csv')
      planMatrix(packStore, model, request)
      const outcome = await runBuild({ ...ownBuild(model, request), out_csv, owner: body.model_id ?? null })
      return { out_csv, ...outcome }
    },

    async preview(body: InputOf<'previewMatrix'>['body']): Promise<ReplyOf<'previewMatrix'>> {
      const model = packStore.model(body.model_id, body.pack_id)
      const request = { start: body.start, end: body.end }
      planMatrix(packStore, model, request)
      const { matrix_sha, rows } = await runBuild({ ...ownBuild(model, request), out_csv: null })
      const { profile } = ledger.matrices.get(matrix_sha)!
      const { columns, values } = firstRows((await matrixStore.load(matrix_sha)).matrix, body.max_rows ?? 200)
      const { warn, fail } = profile.qa.nan
      return { rows, qa: profile.qa, nan_stats: profile.nan_stats, warn, fail, columns, preview: values }
    },

    async buildByWindow(
      body: InputOf<'buildMatrixByWindow'>['body'],
    ): Promise<ReplyOf<'buildMatrixByWindow'>> {
      const model = packStore.model(body.model_id)
      const request: MatrixRequest = { ...body.date_window }
      if (body.features) request.features = body.features
      if (body.hours_filter !== undefined) request.hours = parseHours(body.hours_filter, 'hours_filter')
      if (body.label_def !== undefined) {
        const { label, params } = resolveLabel(body.label_def)
        request.label = { id: label.id, params }
      }
      planMatrix(packStore, model, request)
      const input = ownBuild(model, request)
      const outcome = await runBuild(input)
      const { profile } = ledger.matrices.get(outcome.matrix_sha)!
      const { features, rows, label_balance, nan_pct, leakage_flags, coverage_by_hour, drift_summary } =
        profile
      const preview = {
        features,
        rows,
        label_balance,
        nan_pct,
        leakage_flags,
        coverage_by_hour,
        drift_summary,
      }
      return { ...outcome, out_csv: input.out_csv!, ...(body.preview ? { preview } : {}) }
    },

    async get(sha: string): Promise<ReplyOf<'getMatrix'>> {
      return requireMatrix(sha).meta
    },

    async profile(
      sha: string,
      { rows = 100 }: InputOf<'getMatrixProfile'>['query'],
    ): Promise<ReplyOf<'getMatrixProfile'>> {
      const { meta, profile } = requireMatrix(sha)
      const { columns, values } = firstRows((await matrixStore.load(sha)).matrix, rows)
      return { matrix: meta, profile, columns, first_rows: values }
    },

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
      return { matrix_sha, rows: requireMatrix(matrix_sha).meta.rows, warnings: [] }
    },

    /** The matrix that a model's backtests use: the newest build, else one over its train window. */
    ensureDefault,

    /** A matrix over a window for a sweep or for scoring; recorded as the model's build only when `own`. */
    ensure(model: LoadedModel, request: MatrixRequest, own: boolean): Promise<BuildOutcome> {
      planMatrix(packStore, model, request)
      const input = ownBuild(model, request)
      return runBuild(own ? input : { ...input, out_csv: null })
    },

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

  /** Stock matrices without a model follow the pack's first equity model. */
  function stockModel(packId = 'swingsigma'): LoadedModel {
    const found = packStore
      .models(packId)
      .find(
        (m) =>
          m.assetType === 'eq' &&
          m.ticker &&
          labels.get(m.label.label.id)!.classes(m.label.params).length > 0,
      )
    if (found) return found
    throw new SigmaError('INVALID_PARAM', `pack ${packId} has no equity model to follow: give a model_id`)
  }
}
export type MatrixService = ReturnType<typeof createMatrixService>

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

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>
}
