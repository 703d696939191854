import { sessionDate } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import { lastSplit } from './sync-actions.ts'
import {
  fetchedSessions,
  fetchOnce,
  lakeTicker,
  mayBeLate,
  requestRuns,
  type SyncRun,
  vendorSource,
} from './sync-run.ts'
import { nothingTaken, type TakenBars, takeDays, takeRegularHours, toBarSeries } from './vendor-bars.ts'
import type { Aggregate } from './vendor-schemas.ts'

const fiveMinutes = 300_000

/** Bars as they are kept between the vendor and the lake. */
interface KeptBars {
  bars: Aggregate[]
  sessions: number[]
  outside: [session: number, count: number][]
  /** Absent in replies that were kept before these were taken. */
  extended?: TakenBars['extended']
  impossible: number
}

/**
 * Fetches the bars of the given sessions that are not in the lake yet and stores them all at once. After a split the vendor's
 * prices of the past are other numbers, so then everything fetched before it is fetched again.
 */
export async function syncBars(
  run: SyncRun,
  vendorTicker: string,
  cadence: '5m' | 'daily',
  wanted: readonly number[],
): Promise<void> {
  const ticker = lakeTicker(vendorTicker)
  const series = `bars:${cadence}`
  const { from, isStale } = await missingSessions(run, ticker, cadence, wanted)
  if (from.length === 0) return
  const requests = requestRuns(from, cadence === '5m' ? 'month' : 'year')
  run.meter.plan(requests.length)
  const parts: KeptBars[] = []
  for (const { from: start, to: end } of requests) {
    run.meter.phase(`${ticker} ${cadence} bars ${start} to ${end}`)
    const place = { ticker, series, request: `${start}/${end}` }
    parts.push(await fetchOnce(run, place, () => fetchBars(run, vendorTicker, cadence, start, end)))
  }
  const needed = new Set(from)
  const taken = join(parts, needed)
  if (taken.impossible > 0) {
    run.warnings.push(
      `${taken.impossible} ${cadence} bars of ${ticker} had impossible prices and were left out`,
    )
  }
  if (taken.bars.length > 0) {
    const options = { replace: run.request.replace }
    const bars = toBarSeries(taken, cadence === '5m' ? fiveMinutes : null)
    if (isStale) await requireWhole(run, ticker, cadence, taken.sessions)
    await run.lake.writeBars(cadence, ticker, bars, vendorSource, options)
  }
  if (taken.extended.bars.length > 0) {
    const options = { replace: run.request.replace }
    await run.lake.writeExtendedBars(ticker, toBarSeries(taken.extended, fiveMinutes), vendorSource, options)
  }
  const rows = countBy(taken.sessions)
  const settled = from.filter((session) => rows.has(session) || !mayBeLate(session, run.now))
  if (settled.length < from.length) {
    run.warnings.push(
      `the vendor has no ${cadence} bars of ${ticker} yet for ${from.length - settled.length} sessions`,
    )
  }
  run.store.complete(
    ticker,
    series,
    settled.map((session) => ({
      date: sessionDate(session),
      rows: rows.get(session) ?? 0,
      outside_hours: taken.outside.get(session) ?? 0,
    })),
  )
}

/** Sessions to fetch, ascending. */
async function missingSessions(
  run: SyncRun,
  ticker: string,
  cadence: '5m' | 'daily',
  wanted: readonly number[],
): Promise<{ from: number[]; isStale: boolean }> {
  const { store, lake } = run
  const series = `bars:${cadence}`
  const stored = (await lake.catalog()).find(
    (each) => each.kind === 'bars' && each.ticker === ticker && each.cadence === cadence,
  )
  if (stored?.source !== vendorSource) store.forget(ticker, series)
  const known = fetchedSessions(run, ticker, series)
  const split = lastSplit(run, ticker)
  if (split === undefined) return { from: wanted.filter((each) => !known.has(each)), isStale: false }
  // By noon in London of the day of a split the vendor has adjusted what came before it.
  const adjusted = `${split}T12:00:00.000Z`
  store.dropReplies(ticker, adjusted)
  const isStale = store
    .sessions(ticker, series)
    .some(({ date, fetched_at }) => date < split && fetched_at < adjusted)
  const from = isStale ? new Set([...known, ...wanted]) : wanted.filter((each) => !known.has(each))
  return { from: [...from].sort((a, b) => a - b), isStale }
}

/** Adjusted and unadjusted prices must never stand side by side. */
async function requireWhole(run: SyncRun, ticker: string, cadence: '5m' | 'daily', sessions: number[]) {
  const has = new Set(sessions)
  const old = await run.lake.bars(ticker, cadence)
  const missing = [...new Set(old.session)].filter((session) => !has.has(session))
  if (missing.length === 0) return
  throw new SigmaError(
    'NO_DATA',
    `after a split of ${ticker} the vendor no longer has ${missing.length} sessions that the lake holds, such as ${sessionDate(missing[0]!)}: nothing was replaced`,
  )
}

async function fetchBars(
  { client, signal }: SyncRun,
  ticker: string,
  cadence: '5m' | 'daily',
  from: string,
  to: string,
): Promise<KeptBars> {
  const isFine = cadence === '5m'
  const range = { multiplier: isFine ? 5 : 1, timespan: isFine ? 'minute' : 'day', from, to } as const
  const sent = await client.aggregates(ticker, range, signal)
  const taken = isFine ? takeRegularHours(sent, fiveMinutes) : takeDays(sent)
  return { ...taken, outside: [...taken.outside] }
}

/** Parts in time order as one, of the wanted sessions only. */
function join(parts: KeptBars[], wanted: ReadonlySet<number>): TakenBars {
  const all = nothingTaken()
  for (const { outside, impossible, extended = { bars: [], sessions: [] }, ...regular } of parts) {
    for (const [from, to] of [[regular, all] as const, [extended, all.extended] as const]) {
      for (let i = 0; i < from.bars.length; i++) {
        if (!wanted.has(from.sessions[i]!)) continue
        to.bars.push(from.bars[i]!)
        to.sessions.push(from.sessions[i]!)
      }
    }
    for (const [session, count] of outside) all.outside.set(session, (all.outside.get(session) ?? 0) + count)
    all.impossible += impossible
  }
  return all
}

function countBy(sessions: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const session of sessions) counts.set(session, (counts.get(session) ?? 0) + 1)
  return counts
}
