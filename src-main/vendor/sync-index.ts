import { sessionDate } from '#shared/calendar/sessions.ts'
import type { IndexSeries } from '#shared/jobs/build-matrix.ts'
import { fetchedSessions, fetchOnce, mayBeLate, requestRuns, type SyncRun, vendorSource } from './sync-run.ts'
import { takeDays } from './vendor-bars.ts'

const ticker = 'VIX'
const series = 'index'
/** Columns of the lake by the vendor's tickers. */
const levels = { vix: 'I:VIX', vix9d: 'I:VIX9D', vix3m: 'I:VIX3M', vix6m: 'I:VIX6M' } as const
type Level = keyof typeof levels

/** Fetches the daily closes of the volatility indices for the sessions that the lake has none of. */
export async function syncIndex(run: SyncRun, wanted: readonly number[]): Promise<void> {
  const stored = (await run.lake.catalog()).find(({ kind }) => kind === 'index')
  if (stored?.source !== vendorSource) run.store.forget(ticker, series)
  const known = fetchedSessions(run, ticker, series)
  const missing = wanted.filter((session) => !known.has(session))
  if (missing.length === 0) return
  const requests = requestRuns(missing, 'year')
  const names = Object.keys(levels) as Level[]
  run.meter.plan(requests.length * names.length)
  const closes = { vix: new Map(), vix9d: new Map(), vix3m: new Map(), vix6m: new Map() } as Record<
    Level,
    Map<number, number>
  >
  for (const { from, to } of requests) {
    for (const name of names) {
      const index = levels[name]
      run.meter.phase(`${index} daily levels ${from} to ${to}`)
      const place = { ticker, series, request: `${index}/${from}/${to}` }
      const days = await fetchOnce(run, place, () => fetchCloses(run, index, from, to))
      for (const [session, close] of days) closes[name].set(session, close)
    }
  }
  const sessions = missing.filter((session) => names.some((name) => closes[name].has(session)))
  const column = (name: Level) =>
    Float64Array.from(sessions, (session) => closes[name].get(session) ?? Number.NaN)
  const table: IndexSeries = {
    length: sessions.length,
    session: Int32Array.from(sessions),
    vix: column('vix'),
    vix9d: column('vix9d'),
    vix3m: column('vix3m'),
    vix6m: column('vix6m'),
  }
  if (sessions.length > 0) {
    await run.lake.writeIndexLevels(table, vendorSource, { replace: run.request.replace })
  }
  const has = new Set(sessions)
  run.store.complete(
    ticker,
    series,
    missing
      .filter((session) => has.has(session) || !mayBeLate(session, run.now))
      .map((session) => ({ date: sessionDate(session), rows: has.has(session) ? 1 : 0, outside_hours: 0 })),
  )
}

async function fetchCloses(
  { client, signal }: SyncRun,
  index: string,
  from: string,
  to: string,
): Promise<[session: number, close: number][]> {
  const sent = await client.aggregates(index, { multiplier: 1, timespan: 'day', from, to }, signal)
  const { bars, sessions } = takeDays(sent)
  return bars.map((bar, i) => [sessions[i]!, bar.c])
}
