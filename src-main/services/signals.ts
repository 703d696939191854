import type { LiveRow } from '#main/ledger/live-rows.ts'
import type { NewSignal, StoredSignal } from '#main/ledger/signals.ts'
import { sessionDate } from '#shared/calendar/sessions.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import { decide, mayDecide, type TradeRules } from '#shared/decision/decide.ts'
import { createArtifactRows, decisionRow, type ScoredWindow } from './artifact-rows.ts'
import type { ServiceContext } from './context.ts'
import type { SignalService } from './index.ts'
import type { MatrixBuilds } from './matrix-builds.ts'
import { isoTime } from './matrix-store.ts'
import { timeStopOf } from './signal-end.ts'
import { writeSignalsCsv } from './signals-csv.ts'
import { rulesInForce } from './trade-rules.ts'

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
      const page = { limit, offset, next_offset: offset + rows.length }
      return { count: rows.length, total, rows: withEnds(rows), ...page }
    },

    async generate(body) {
      const model = packStore.model(body.model_id, body.pack_id)
      const profile = body.risk_profile ?? 'balanced'
      const artifact = artifactRows.require(model.modelId, profile)
      const { effective } = packStore.policy(model)
      const window = await artifactRows.newestWindow(model, body.start, body.end)
      const scored = await artifactRows.score(model, artifact, window, effective.brackets.atr_period)
      const rules = rulesInForce(scored, effective)
      const { ticker, simulated } = scored.meta
      const { budget } = packStore.riskBudget(model.packId, profile)
      const drafts = draftSignals(scored, rules)
      const signals = drafts.map(
        (draft): NewSignal => ({
          ...draft,
          model_id: model.modelId,
          pack_id: model.packId,
          risk_profile: profile,
          ticker,
          size_r: sizeOf(budget, profile),
          status: 'new',
          simulated,
          artifact: artifact.uri,
          tag: null,
        }),
      )
      const book = { model_id: model.modelId, risk_profile: profile, ticker }
      const rows = ledger.transaction(() => {
        ledger.liveRows.put({ ...book, artifact_id: artifact.id }, rowsDecided(scored, rules))
        return ledger.signals.put(signals)
      })
      const csv = await writeSignalsCsv(context, model.modelId)
      context.announce('result', { kind: 'signals', model_id: model.modelId, count: rows.length })
      const warnings = rows.length > 0 ? [] : [whyNone(scored, rules, window)]
      return { count: rows.length, rows: withEnds(rows), csv, warnings }
    },
  }
  return service

  function withEnds(rows: readonly StoredSignal[]) {
    const rulesOf = new Map(
      [...new Set(rows.map(({ model_id }) => model_id))].map((id) => [id, endRules(id)]),
    )
    return rows.map((row) => {
      const rules = rulesOf.get(row.model_id)
      return { ...row, time_stop_ts: rules ? timeStopOf(row, rules) : null }
    })
  }

  /** null for a model whose files are gone or broken: its signals stay. */
  function endRules(modelId: string) {
    try {
      const model = packStore.model(modelId)
      return { horizon: model.horizon, entry_mode: packStore.policy(model).effective.brackets.entry_mode }
    } catch {
      return null
    }
  }
}

type Draft = Omit<
  NewSignal,
  'model_id' | 'pack_id' | 'risk_profile' | 'ticker' | 'size_r' | 'status' | 'simulated' | 'artifact' | 'tag'
>

/** Rows that every rule lets through. */
export function draftSignals(scored: ScoredWindow, rules: TradeRules): Draft[] {
  const { matrix } = scored
  const drafts: Draft[] = []
  for (let at = 0; at < matrix.rows; at++) {
    const row = decisionRow(scored, at)
    const decision = decide(row, rules)
    if (decision.failed.length > 0) continue
    drafts.push({
      ts: isoTime(matrix.ts[at]!),
      date: sessionDate(matrix.session[at]!),
      hour_et: row.hour < 0 ? null : row.hour,
      side: decision.side > 0 ? 'buy' : 'sell',
      score_total: row.p,
      threshold: decision.threshold,
      size: decision.size,
      entry_ref_px: row.close,
      close: row.close,
      stop_px: decision.stop,
      target_px: decision.target,
      rr: decision.rr,
      time_stop_minutes: decision.minutes,
    })
  }
  return drafts
}

/** Rows that could have traded, with or without a signal. */
function rowsDecided(scored: ScoredWindow, rules: TradeRules): LiveRow[] {
  const { matrix, columns } = scored
  const rows = Array.from({ length: matrix.rows }, (_, at) => at)
  return rows
    .filter((at) => mayDecide(decisionRow(scored, at), rules.hours))
    .map((at) => ({
      ts: isoTime(matrix.ts[at]!),
      date: sessionDate(matrix.session[at]!),
      score: scored.p[at]!,
      features: Float64Array.from(columns, (column) => column[at]!),
    }))
}

/** Names the rule that stops most rows first. */
function whyNone(scored: ScoredWindow, rules: TradeRules, { start, end }: { start: string; end: string }) {
  const counts = new Map<string, number>()
  for (let at = 0; at < scored.matrix.rows; at++) {
    const [first] = decide(decisionRow(scored, at), rules).failed
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1)
  }
  const stops = [...counts].sort((a, b) => b[1] - a[1]).map(([rule, count]) => `${rule} ${count}`)
  return `no row from ${start} to ${end} is let through by every rule; stopped first by ${stops.join(', ')}`
}

/** Risk units of a trade: the budget's, else the documented ones. */
export function sizeOf(budget: Record<string, unknown>, profile: RiskProfile): number {
  const size = budget['size_r']
  return typeof size === 'number' ? size : { conservative: 0.5, balanced: 1, aggressive: 1.5 }[profile]
}
