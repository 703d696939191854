import type { LoadedModel } from '#main/pack-store/types.ts'
import { resolveInside } from '#main/workspace/safe-path.ts'
import { labels } from '#shared/catalog/labels/index.ts'
import { resolveLabel } from '#shared/catalog/labels/resolve.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import type { MatrixService } from './index.ts'
import type { MatrixBuilds } from './matrix-builds.ts'
import { type MatrixRequest, planMatrix } from './matrix-plan.ts'
import { firstRows } from './matrix-rows.ts'
import { parseHours } from './parse-lists.ts'

/** Training matrices: built once per content, kept by sha. */
export function createMatrixService(
  { ledger, packStore, matrixStore, root }: ServiceContext,
  builds: MatrixBuilds,
): MatrixService {
  const { run, ownBuild, requireMatrix } = builds

  function checkCsvPath(path: string, parameter: string): string {
    if (!path.endsWith('.csv'))
      throw new SigmaError('INVALID_PARAM', `${parameter} must end with .csv, got ${path}`)
    resolveInside(root, path, { parameter })
    return path
  }

  return {
    async build(body) {
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
      const outcome = await run(input)
      return { out_csv: input.out_csv!, ...outcome }
    },

    async buildStock(body) {
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
      const outcome = await run({ ...ownBuild(model, request), out_csv, owner: body.model_id ?? null })
      return { out_csv, ...outcome }
    },

    async preview(body) {
      const model = packStore.model(body.model_id, body.pack_id)
      const request = { start: body.start, end: body.end }
      planMatrix(packStore, model, request)
      const { matrix_sha, rows } = await run({ ...ownBuild(model, request), out_csv: null })
      const { profile } = ledger.matrices.get(matrix_sha)!
      const { columns, values } = firstRows((await matrixStore.load(matrix_sha)).matrix, body.max_rows ?? 200)
      const { warn, fail } = profile.qa.nan
      return { rows, qa: profile.qa, nan_stats: profile.nan_stats, warn, fail, columns, preview: values }
    },

    async buildByWindow(body) {
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
      const outcome = await run(input)
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

    async get(sha) {
      return requireMatrix(sha).meta
    },

    async profile(sha, { rows = 100 }) {
      const { meta, profile } = requireMatrix(sha)
      const { columns, values } = firstRows((await matrixStore.load(sha)).matrix, rows)
      return { matrix: meta, profile, columns, first_rows: values }
    },
  }

  /** Stock matrices without a model follow the pack's first equity model of daily bars, else of any. */
  function stockModel(packId = 'swingsigma'): LoadedModel {
    const found = packStore
      .models(packId)
      .filter(
        (m) =>
          m.assetType === 'eq' &&
          m.ticker &&
          labels.get(m.label.label.id)!.classes(m.label.params).length > 0,
      )
    const model = found.find(({ cadence }) => cadence === 'daily') ?? found[0]
    if (model) return model
    throw new SigmaError('INVALID_PARAM', `pack ${packId} has no equity model to follow: give a model_id`)
  }
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>
}
