import type { CatalogRow } from '#main/lake/catalog-rows.ts'
import type { Lake } from '#main/lake/lake.ts'
import type { Ledger } from '#main/ledger/ledger.ts'
import type { StoredSignal } from '#main/ledger/signals.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { newYorkDate } from '#shared/calendar/new-york.ts'
import { sessionCount, sessionDate, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { ChainSeries } from '#shared/catalog/indicators/define.ts'
import type { ExecutionEffective } from '#shared/catalog/packs/policy.ts'
import type { InputOf } from '#shared/contract/index.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import { SigmaError } from '#shared/errors.ts'
import { listedExpiries, nearestExpiry, snapshotKnownAt } from '#shared/options/list-expiries.ts'

type OverlayBody = InputOf<'createOptionsOverlay'>['body']
export type Chain = Omit<ChainSeries, 'asOf'>
export type Selection = ExecutionEffective['options']['selection']

/** The session of a date. Throws NO_DATA where the exchange is closed. */
export function requireSession(date: string): number {
  const session = sessionOfDate(date)
  if (session >= 0) return session
  const first = sessionDate(0)
  const last = sessionDate(sessionCount - 1)
  throw new SigmaError(
    'NO_DATA',
    date < first || date > last
      ? `there are no signals on ${date}: the calendar of sessions runs from ${first} to ${last}`
      : `there are no signals on ${date}: the exchange is closed that day`,
  )
}

/** Signals of a model, profile and date, oldest first. Throws NO_DATA saying what there is instead. */
export function requireSignals(
  ledger: Ledger,
  { modelId }: LoadedModel,
  profile: RiskProfile,
  date: string,
): StoredSignal[] {
  const all = { model_id: modelId, limit: 1, offset: 0 }
  const { rows } = ledger.signals.list({ ...all, risk_profile: profile, date, limit: 100_000 })
  if (rows.length > 0) return rows.reverse()
  const [other] = ledger.signals.list({ ...all, date }).rows
  const [newest] = ledger.signals.list({ ...all, risk_profile: profile }).rows
  const instead = other
    ? `that day has signals of profile ${other.risk_profile}`
    : newest
      ? `its newest are of ${newest.date}`
      : 'it has none at all: train it and generate signals first'
  throw new SigmaError(
    'NO_DATA',
    `model ${modelId} has no signals of profile ${profile} on ${date}; ${instead}`,
  )
}

/** Chain snapshots of a session up to an instant. Throws NO_DATA where the lake has none. */
export async function requireChain(
  lake: Lake,
  ticker: string,
  session: number,
  endTs: number,
): Promise<{ chain: Chain; series: CatalogRow }> {
  const series = (await lake.catalog()).find((each) => each.kind === 'chain' && each.ticker === ticker)
  if (!series) throw new SigmaError('NO_DATA', `the lake has no option chains of ${ticker}`)
  const chain = await lake.chain(ticker, { startTs: sessionOpen[session]!, endTs })
  if (chain.snapshots > 0) return { chain, series }
  throw new SigmaError(
    'NO_DATA',
    `the lake has no option chain of ${ticker} on ${sessionDate(session)}; its chains run from ${series.first} to ${series.last}`,
  )
}

/**
 * The expiry (epoch ms UTC) that an overlay of a date takes, of those that the first snapshot known to one of its signals lists:
 * the one asked for, else the nearest to the target. Throws NO_DATA where there is no such expiry.
 */
export function chooseExpiry(
  chain: Chain,
  session: number,
  decisions: readonly number[],
  request: Pick<OverlayBody, 'expiry' | 'dte_target'>,
  selection: Selection,
): number {
  const date = sessionDate(session)
  const snapshot = decisions.map((ts) => snapshotKnownAt(chain, session, ts)).find((s) => s >= 0)
  if (snapshot === undefined) {
    throw new SigmaError('NO_DATA', `no option chain of ${date} was known when its signals were given`)
  }
  const listed = listedExpiries(chain, snapshot)
  const names = listed.map(newYorkDate)
  if (request.expiry !== undefined) {
    const expiry = listed[names.indexOf(request.expiry)]
    if (expiry !== undefined) return expiry
    throw new SigmaError(
      'NO_DATA',
      `no options that expire on ${request.expiry} were listed on ${date}; listed were ${names.join(', ')}`,
    )
  }
  const target = request.dte_target ?? selection.dte_target
  const nearest = nearestExpiry(listed, date, target, selection.weekly_ok)
  if (Number.isFinite(nearest)) return nearest
  throw new SigmaError(
    'NO_DATA',
    `no monthly expiry was listed on ${date}, and the policy takes no other (weekly_ok: false); listed were ${names.join(', ') || 'none'}`,
  )
}
