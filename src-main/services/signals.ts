import type { NewSignal } from '#main/ledger/signals.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { barsPerSession } from '#shared/calendar/bar-times.ts'
import { sessionClose, sessionDate } from '#shared/calendar/sessions.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import type { Matrix } from '#shared/jobs/matrix-types.ts'
import { directionalProbability } from '#shared/kernels/directional-probability.ts'
import { type ArtifactUsage, createArtifactRows } from './artifact-rows.ts'
import type { ServiceContext } from './context.ts'
import type { SignalService } from './index.ts'
import type { MatrixBuilds } from './matrix-builds.ts'
import { isoTime } from './matrix-store.ts'
import { rowsOfHours } from './scoring.ts'
import { writeSignalsCsv } from './signals-csv.ts'

/** Signals of trained models on the newest rows. */
export function createSignalService(
  context: ServiceContext,
  matrices: Pick<MatrixBuilds, 'ensure' | 'requireMatrix'>,
) {
  const { ledger, packStore } = context

  const artifactRows = createArtifactRows(context, matrices)

  const service: SignalService = {
    async list({ limit = 200, offset = 0, tickers, ...filter }) {
      const wanted = tickers?.split(',').map((ticker) => ticker.trim().toUpperCase())
      const { rows, total } = ledger.signals.list({ ...filter, tickers: wanted, limit, offset })
      return { count: rows.length, total, rows, limit, offset, next_offset: offset + rows.length }
    },

    async generate(body) {
      const model = packStore.model(body.model_id, body.pack_id)
      const profile = body.risk_profile ?? 'balanced'
      const artifact = artifactRows.require(model.modelId, profile)
      const { brackets } = packStore.policy(model).effective
      const window = await artifactRows.newestWindow(model, body.start, body.end)
      const scored = await artifactRows.score(model, artifact, window, brackets.atr_period)
      const { matrix, meta, usage, columns, proba, momentum, atr } = scored
      const { budget } = packStore.riskBudget(model.packId, profile)
      const drafts = draftSignals({
        matrix,
        proba,
        usage,
        momentum,
        atr,
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
          time_stop_minutes: brackets.enabled ? brackets.time_stop_minutes : labelMinutes(model),
          status: 'new',
          simulated: meta.simulated,
          artifact: artifact.uri,
          tag: null,
        }),
      )
      const p = directionalProbability(proba, usage.classes)
      const decided = [...rowsThatDecide(matrix, usage.hours)].map((row) => ({
        ts: isoTime(matrix.ts[row]!),
        date: sessionDate(matrix.session[row]!),
        score: p[row]!,
        features: Float64Array.from(columns, (column) => column[row]!),
      }))
      const book = { model_id: model.modelId, risk_profile: profile, ticker: meta.ticker }
      const rows = ledger.transaction(() => {
        ledger.liveRows.put({ ...book, artifact_id: artifact.id }, decided)
        return ledger.signals.put(signals)
      })
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
  const scores = directionalProbability(proba, classes)
  const drafts: Draft[] = []
  for (const row of rowsThatDecide(matrix, hours)) {
    const hour = matrix.hourEt[row]!
    const ts = matrix.ts[row]!
    const p = scores[row]!
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

/** Rows of the hours, but for the last of a session: a same-day model has no bar left to trade after it. */
function rowsThatDecide(matrix: Matrix, hours: readonly number[] | null): Int32Array {
  const isLast = (row: number) => matrix.ts[row]! >= sessionClose[matrix.session[row]!]!
  return rowsOfHours(matrix, hours).filter((row) => matrix.cadence === 'daily' || !isLast(row))
}

/** Without brackets a trade ends with its label: 390 minutes a session, an even share of them a bar. */
export function labelMinutes({ label, cadence }: LoadedModel): number {
  return Math.round((label.horizonBars * 390) / barsPerSession[cadence])
}

/** Risk units of a trade: the budget's, else the documented ones. */
export function sizeOf(budget: Record<string, unknown>, profile: RiskProfile): number {
  const size = budget['size_r']
  return typeof size === 'number' ? size : { conservative: 0.5, balanced: 1, aggressive: 1.5 }[profile]
}
