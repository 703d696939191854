import { readFeature } from '#main/pack-store/feature-columns.ts'
import type { LoadedModel, PackStore } from '#main/pack-store/types.ts'
import { calendarVersion, sessionsBetween } from '#shared/calendar/sessions.ts'
import type { Cadence } from '#shared/catalog/indicators/define.ts'
import { requireOwnInstrument, resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import { labels } from '#shared/catalog/labels/index.ts'
import { requireCadence } from '#shared/catalog/labels/resolve.ts'
import { SigmaError } from '#shared/errors.ts'
import type { FlowBlock } from '#shared/jobs/build-matrix.ts'

/** Raised when building the same plan gives other values. */
export const matrixVersion = 2

/** What a request may change about a model's matrix. */
export interface MatrixRequest {
  start: string
  end: string
  ticker?: string
  features?: string[]
  hours?: number[] | null
  label?: { id: string; params: Record<string, unknown> }
  k_sigma?: number
  fixed_bp?: number
  distance_max?: number
  /** Indicators that scoring needs beside the model's own, such as the ATR of its brackets. */
  extraIndicators?: string[]
}

/** Everything that decides a matrix except the data itself. */
export interface MatrixPlan {
  modelId: string
  packId: string
  ticker: string
  assetType: 'eq' | 'opt'
  cadence: Cadence
  window: { start: string; end: string }
  sessions: { first: number; end: number }
  indicators: string[]
  /** Names the training uses; null for every feature column. */
  wanted: string[] | null
  flow: FlowBlock | null
  contractColumns: boolean
  label: { id: string; params: Record<string, unknown> }
  hours: number[] | null
}

/** Turns a model and a request into a plan. Throws INVALID_PARAM for what cannot be built. */
export function planMatrix(packStore: PackStore, model: LoadedModel, request: MatrixRequest): MatrixPlan {
  const ticker = (request.ticker ?? model.ticker)?.toUpperCase()
  if (!ticker) {
    throw new SigmaError('INVALID_PARAM', `model ${model.modelId} names no ticker: give one as ticker`)
  }
  if (request.start > request.end) {
    throw new SigmaError('INVALID_PARAM', `end ${request.end} lies before start ${request.start}`)
  }
  if (model.session === 'extended') {
    throw new SigmaError(
      'INVALID_PARAM',
      `model ${model.modelId}: session extended is not supported, only regular`,
    )
  }
  const sessions = sessionsBetween(request.start, request.end)
  if (sessions.first === sessions.end) {
    throw new SigmaError('NO_DATA', `there is no NYSE session from ${request.start} to ${request.end}`)
  }
  const set = packStore.indicatorSet(model).entries
  const setColumns = set.flatMap(({ outputs }) => outputs)
  const features = request.features?.map((each) => readFeature(each, setColumns)) ?? model.features
  const named = (features ?? []).filter(isIndicator)
  const times = [model.time.day_of_week && 'day_of_week', model.time.hour_of_day && 'hour_of_day'].filter(
    (each) => each !== false,
  )
  const spellings = set.map(({ spelling }) => spelling)
  const indicators = [...new Set([...times, ...spellings, ...named, ...(request.extraIndicators ?? [])])]
  for (const spelling of indicators) requireOwnInstrument(resolveIndicator(spelling), ticker)
  return {
    modelId: model.modelId,
    packId: model.packId,
    ticker,
    assetType: model.assetType,
    cadence: model.cadence,
    window: { start: request.start, end: request.end },
    sessions,
    indicators,
    wanted:
      features?.flatMap((name) => (isIndicator(name) ? resolveIndicator(name).outputs : [name])) ?? null,
    flow:
      model.flow === null
        ? null
        : { ...model.flow, distance_max: request.distance_max ?? model.flow.distance_max },
    contractColumns: model.assetType === 'opt',
    label: planLabel(model, request),
    hours: request.hours ?? null,
  }
}

function planLabel(model: LoadedModel, request: MatrixRequest): MatrixPlan['label'] {
  const label = request.label ?? { id: model.label.label.id, params: model.label.params }
  const definition = labels.get(label.id)
  if (!definition || definition.classes(label.params).length === 0) {
    throw new SigmaError(
      'INVALID_PARAM',
      `model ${model.modelId} has label ${label.id}: there is nothing to learn from`,
    )
  }
  const band: Record<string, number> = {}
  if (request.k_sigma !== undefined) band['k_sigma'] = request.k_sigma
  if (request.fixed_bp !== undefined) band['fixed_bp'] = request.fixed_bp
  for (const name of Object.keys(band)) {
    if (name in definition.params.properties) continue
    throw new SigmaError('INVALID_PARAM', `label ${label.id} has no FLAT band, so ${name} does not apply`)
  }
  const params = { ...label.params, ...band }
  requireCadence(definition, params, model.cadence)
  return { id: label.id, params }
}

/** A feature is named by its indicator or, where it has none, by its column. */
function isIndicator(feature: string): boolean {
  try {
    resolveIndicator(feature)
    return true
  } catch {
    return false
  }
}

/** The canonical inputs whose hash is the matrix_sha (engine.md 2). */
export function matrixSpec(
  plan: MatrixPlan,
  sources: { id: string; content_sha: string }[],
): Record<string, unknown> {
  const label = labels.get(plan.label.id)!
  return {
    version: matrixVersion,
    sources: sources.map(({ id, content_sha }) => ({ id, content_sha })),
    universe: [plan.ticker],
    date_window: plan.window,
    cadence: plan.cadence,
    features: plan.indicators.map((spelling) => ({
      spelling,
      version: resolveIndicator(spelling).indicator.version ?? 1,
    })),
    training_features: plan.wanted,
    flow: plan.flow,
    contract_columns: plan.contractColumns,
    label: { ...plan.label, version: label.version ?? 1 },
    hours_filter: plan.hours,
    imputation: 'none',
    scaling: 'robust, fitted per fold',
    time_zone: 'America/New_York',
    calendar: calendarVersion,
  }
}
