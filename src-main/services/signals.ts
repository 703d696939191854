import { join } from 'node:path'
import type { NewSignal } from '#main/ledger/signals.ts'
import { sessionClose, sessionDate, sessionsBetween } from '#shared/calendar/sessions.ts'
import { resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import type { Lineage, RiskProfile } from '#shared/contract/schemas.ts'
import { SigmaError } from '#shared/errors.ts'
import type { Matrix } from '#shared/jobs/matrix-types.ts'
import type { ServiceContext } from './context.ts'
import type { SignalService } from './index.ts'
import type { MatrixBuilds } from './matrix-builds.ts'
import { isoTime } from './matrix-store.ts'
import { ownColumn } from './scoring.ts'
import { writeSignalsCsv } from './signals-csv.ts'

/** Sessions scored when a request names no start. */
const NEWEST_SESSIONS = 5

/** What the training run kept for whoever uses its artifact. */
interface ArtifactUsage {
  features: string[]
  classes: string[]
  hours: number[] | null
  threshold: number
  momentum_column: string | null
  momentum_min: number
  lineage: Lineage
}

/**
 * What the matrix that a model was trained on had of its own: its indicators, whatever the set says by now, and how far its flow
 * totals reach.
 */
function trainedOn(spec: Record<string, unknown>): { extraIndicators: string[]; distance_max?: number } {
  const { features = [], flow } = spec as { features?: unknown[]; flow?: { distance_max: number } | null }
  const spelled = features.filter((each) => typeof each === 'object') as { spelling: string }[]
  return {
    extraIndicators: spelled.map(({ spelling }) => spelling),
    ...(flow ? { distance_max: flow.distance_max } : {}),
  }
}

/** Signals of trained models on the newest rows. */
export function createSignalService(
  context: ServiceContext,
  matrices: Pick<MatrixBuilds, 'ensure' | 'requireMatrix'>,
) {
  const { ledger, packStore, lake, matrixStore, onnx, root } = context

  async function newestWindow(
    ticker: string,
    cadence: string,
    start: string | undefined,
    end: string | undefined,
  ) {
    const series = (await lake.catalog()).filter(
      (s) => s.kind === 'bars' && s.ticker === ticker && s.cadence === cadence,
    )
    const newest = series
      .map((s) => s.last)
      .sort()
      .at(-1)
    if (newest === undefined) throw new SigmaError('NO_DATA', `the lake has no ${cadence} bars of ${ticker}`)
    const last = end ?? newest
    if (start !== undefined) return { start, end: last }
    const { end: after } = sessionsBetween('2000-01-01', last < newest ? last : newest)
    return { start: sessionDate(Math.max(0, after - NEWEST_SESSIONS)), end: last }
  }

  const service: SignalService = {
    async list({ limit = 200, offset = 0, tickers, ...filter }) {
      const wanted = tickers?.split(',').map((ticker) => ticker.trim().toUpperCase())
      const { rows, total } = ledger.signals.list({ ...filter, tickers: wanted, limit, offset })
      return { count: rows.length, total, rows, limit, offset, next_offset: offset + rows.length }
    },

    async generate(body) {
      const model = packStore.model(body.model_id, body.pack_id)
      const profile = body.risk_profile ?? 'balanced'
      const artifact = ledger.artifacts.latestFor(model.modelId, profile)
      if (!artifact) {
        throw new SigmaError(
          'NO_DATA',
          `model ${model.modelId} has no trained artifact for profile ${profile}: train it first`,
        )
      }
      if (model.ticker === null)
        throw new SigmaError('INVALID_PARAM', `model ${model.modelId} names no ticker`)
      const usage = artifact.meta as unknown as ArtifactUsage
      const { brackets } = packStore.policy(model).effective
      const atr = resolveIndicator({ name: 'atr', period: brackets.atr_period })
      const window = await newestWindow(model.ticker, model.cadence, body.start, body.end)
      const trained = trainedOn(matrices.requireMatrix(usage.lineage.matrix_sha).meta.spec)
      const request = {
        ...window,
        ...trained,
        extraIndicators: [...trained.extraIndicators, `atr__period=${brackets.atr_period}`],
      }
      const { matrix_sha } = await matrices.ensure(model, request, false)
      const { matrix, meta } = await matrixStore.load(matrix_sha)
      const columns = usage.features.map((name) => requireColumn(matrix, name))
      const bytes = await onnx.readModel(join(root, artifact.uri))
      const proba = await onnx.score(bytes, columns, matrix.rows)
      const { budget } = packStore.riskBudget(model.packId, profile)
      const drafts = draftSignals({
        matrix,
        proba,
        usage,
        momentum: usage.momentum_column === null ? null : requireColumn(matrix, usage.momentum_column),
        atr: requireColumn(matrix, atr.outputs[0]!),
        stopMultiple: brackets.atr_mult_stop,
        targetMultiple: brackets.atr_mult_target,
      })
      const signals = drafts.map(
        (draft): NewSignal => ({
          ...draft,
          model_id: model.modelId,
          pack_id: model.packId,
          risk_profile: profile,
          ticker: meta.ticker,
          size_r: sizeOf(budget, profile),
          time_stop_minutes: brackets.time_stop_minutes,
          status: 'new',
          simulated: meta.simulated,
          artifact: artifact.uri,
          tag: null,
        }),
      )
      const rows = ledger.signals.put(signals)
      const csv = await writeSignalsCsv(context, model.modelId)
      context.announce('result', { kind: 'signals', model_id: model.modelId, count: rows.length })
      const warnings =
        rows.length > 0
          ? []
          : [`no row from ${window.start} to ${window.end} reaches the threshold ${usage.threshold}`]
      return { count: rows.length, rows, csv, warnings }
    },
  }
  return service

  function requireColumn(matrix: Matrix, name: string): Float64Array {
    const column = matrix.columns[matrix.features.indexOf(name)] ?? ownColumn(matrix, name)
    if (column) return column
    throw new SigmaError(
      'NO_DATA',
      `the trained model needs the column ${name}, which its indicator set no longer gives: train again`,
    )
  }
}

interface DraftInput {
  matrix: Matrix
  proba: Float64Array
  usage: Pick<ArtifactUsage, 'classes' | 'hours' | 'threshold' | 'momentum_min'>
  /** What the momentum gate looks at, null without one. */
  momentum: Float64Array | null
  atr: Float64Array
  stopMultiple: number
  targetMultiple: number
}

type Draft = Pick<
  NewSignal,
  | 'ts'
  | 'date'
  | 'hour_et'
  | 'side'
  | 'score_total'
  | 'threshold'
  | 'entry_ref_px'
  | 'close'
  | 'stop_px'
  | 'target_px'
  | 'rr'
>

/** Rows that reach the threshold on either side, in their hours, with brackets from the ATR known at the decision. */
export function draftSignals({
  matrix,
  proba,
  usage,
  momentum,
  atr,
  stopMultiple,
  targetMultiple,
}: DraftInput): Draft[] {
  const { classes, hours, threshold, momentum_min } = usage
  const up = classes.indexOf('UP')
  const down = classes.indexOf('DOWN')
  const drafts: Draft[] = []
  for (let row = 0; row < matrix.rows; row++) {
    const hour = matrix.hourEt[row]!
    const ts = matrix.ts[row]!
    if (hours !== null && hour >= 0 && !hours.includes(hour)) continue
    // A same-day model has no bar left to trade after the last one.
    if (matrix.cadence !== 'daily' && ts >= sessionClose[matrix.session[row]!]!) continue
    const pUp = proba[row * classes.length + up]!
    const pDown = proba[row * classes.length + down]!
    const p = pUp / (pUp + pDown)
    const isLong = p >= threshold
    const isShort = 1 - p >= threshold
    if (isLong === isShort || !(atr[row]! > 0)) continue
    if (momentum && !(isLong ? momentum[row]! >= momentum_min : momentum[row]! <= -momentum_min)) continue
    const direction = isLong ? 1 : -1
    const close = matrix.close[row]!
    drafts.push({
      ts: isoTime(ts),
      date: sessionDate(matrix.session[row]!),
      hour_et: hour < 0 ? null : hour,
      side: isLong ? 'buy' : 'sell',
      score_total: p,
      threshold,
      entry_ref_px: close,
      close,
      stop_px: close - direction * stopMultiple * atr[row]!,
      target_px: close + direction * targetMultiple * atr[row]!,
      rr: targetMultiple / stopMultiple,
    })
  }
  return drafts
}

function sizeOf(budget: Record<string, unknown>, profile: RiskProfile): number {
  const size = budget['size_r']
  return typeof size === 'number' ? size : { conservative: 0.5, balanced: 1, aggressive: 1.5 }[profile]
}
