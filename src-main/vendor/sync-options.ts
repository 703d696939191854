import { sessionDate } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import { keepSnapshots } from './keep-snapshots.ts'
import { type TradedContract, toOptionMinutes, vwapOf } from './option-minutes.ts'
import { buildPastChain } from './past-chain.ts'
import { type SameDayContract, sameDayContracts } from './same-day-contracts.ts'
import { lastSplit } from './sync-actions.ts'
import { fetchOnce, lakeTicker, mayBeLate, type SyncRun, vendorSource } from './sync-run.ts'
import { takeRegularHours } from './vendor-bars.ts'
import type { Aggregate } from './vendor-schemas.ts'

const minuteMs = 60_000

/** What the underlying says about the options of a session. */
interface Underlying {
  closeOf: ReadonlyMap<number, number>
  spotAt: (ts: number) => number
}

/**
 * Fetches the minutes of same-day options around the previous close, session by session, and stores each session with the chain
 * that they make as soon as it is complete.
 */
export async function syncOptions(
  run: SyncRun,
  vendorTicker: string,
  wanted: readonly number[],
): Promise<void> {
  const ticker = lakeTicker(vendorTicker)
  const { distance } = run.request
  const missing = await missingSessions(run, ticker, wanted)
  if (missing.length === 0) return
  const underlying = await readUnderlying(run, ticker)
  const perSession = 1 + 2 * (2 * distance + 1)
  run.meter.plan(missing.length * perSession)
  const failures: string[] = []
  for (const session of missing) {
    const date = sessionDate(session)
    run.meter.phase(`${ticker} options of ${date}`)
    try {
      const fetched = await syncSession(run, ticker, session, underlying)
      run.meter.plan(fetched - perSession)
    } catch (error) {
      // One bad session must not keep the others away; whoever cannot go on at all says so with another code.
      if (!(error instanceof SigmaError) || error.code !== 'NO_DATA') throw error
      failures.push(`${date}: ${error.message}`)
    }
  }
  if (failures.length === missing.length) throw new SigmaError('NO_DATA', failures[0]!)
  for (const each of failures.slice(0, 10)) run.warnings.push(`options of ${ticker} on ${each}`)
  if (failures.length > 10)
    run.warnings.push(`… and ${failures.length - 10} more sessions of ${ticker} options`)
}

/** Number of requests that the session took. */
async function syncSession(
  run: SyncRun,
  ticker: string,
  session: number,
  { closeOf, spotAt }: Underlying,
): Promise<number> {
  const date = sessionDate(session)
  const { client, signal, lake, store, request } = run
  const series = `options:${request.distance}`
  const previousClose = closeOf.get(session - 1)
  if (previousClose === undefined) {
    throw new SigmaError('NO_DATA', `the close of ${ticker} on ${sessionDate(session - 1)} is not known`)
  }
  const place = { ticker, series, request: `contracts/${date}` }
  const listed = await fetchOnce(run, place, async () =>
    sameDayContracts(
      await client.optionContracts(ticker, date, signal),
      date,
      previousClose,
      request.distance,
    ),
  )
  const traded = await Promise.all(
    listed.map((contract) => fetchMinutes(run, ticker, series, date, contract)),
  )
  const contracts: TradedContract[] = traded.map(({ contract, minutes }) => ({ ...contract, minutes }))
  const minutes = toOptionMinutes(contracts, session)
  const options = { replace: request.replace }
  if (contracts.length > 0) {
    const chain = await keepSnapshots(lake, ticker, buildPastChain(contracts, session, spotAt))
    await lake.writeChain(ticker, chain, vendorSource, options)
  }
  if (minutes.rows > 0) await lake.writeOptionMinutes(ticker, minutes, vendorSource, options)
  if (minutes.rows === 0 && mayBeLate(session, run.now)) {
    store.complete(ticker, series, [])
    throw new SigmaError('NO_DATA', `the vendor has no trades in same-day options yet`)
  }
  const outside_hours = traded.reduce((sum, { outside }) => sum + outside, 0)
  store.complete(ticker, series, [{ date, rows: minutes.rows, outside_hours }])
  return 1 + listed.length
}

function fetchMinutes(
  run: SyncRun,
  ticker: string,
  series: string,
  date: string,
  contract: SameDayContract,
): Promise<{ contract: SameDayContract; minutes: Aggregate[]; outside: number }> {
  const { symbol } = contract
  return fetchOnce(run, { ticker, series, request: symbol }, async () => {
    const range = { multiplier: 1, timespan: 'minute', from: date, to: date } as const
    const sent = await run.client.aggregates(symbol, range, run.signal)
    const taken = takeRegularHours(sent, minuteMs)
    if (taken.impossible > 0) {
      throw new SigmaError('NO_DATA', `${taken.impossible} minutes of ${symbol} have impossible prices`)
    }
    // A reply that cannot be used is not kept: the next sync asks for it again.
    for (const bar of taken.bars) vwapOf(bar, symbol)
    const outside = [...taken.outside.values()].reduce((sum, count) => sum + count, 0)
    return { contract, minutes: taken.bars, outside }
  })
}

async function missingSessions(run: SyncRun, ticker: string, wanted: readonly number[]): Promise<number[]> {
  const { store, request } = run
  const catalog = await run.lake.catalog()
  const stored = catalog.find((each) => each.kind === 'option_minutes' && each.ticker === ticker)
  const ownSeries = store
    .series()
    .filter((each) => each.ticker === ticker && each.series.startsWith('options:'))
    .map(({ series }) => series)
  if (stored?.source !== vendorSource) for (const series of ownSeries) store.forget(ticker, series)
  // What was fetched over a wider band holds the narrower one.
  const known = new Set(
    ownSeries
      .filter((series) => Number(series.slice('options:'.length)) >= request.distance)
      .flatMap((series) => store.sessions(ticker, series))
      .map(({ date }) => date),
  )
  const split = lastSplit(run, ticker)
  const missing = wanted.filter((session) => !known.has(sessionDate(session)))
  // Bars are adjusted for splits and strikes are not: before a split the distance between them means nothing.
  const sound = missing.filter((session) => split === undefined || sessionDate(session) >= split)
  if (sound.length < missing.length) {
    run.warnings.push(
      `options of ${ticker} before its split of ${split} were left out (${missing.length - sound.length} sessions)`,
    )
  }
  return sound
}

async function readUnderlying(run: SyncRun, ticker: string): Promise<Underlying> {
  const daily = await run.lake.bars(ticker, 'daily')
  const fine = await run.lake.bars(ticker, '5m')
  const closes = new Map(Array.from(fine.ts, (ts, i) => [ts, fine.close[i]!]))
  return {
    closeOf: new Map(Array.from(daily.session, (session, i) => [session, daily.close[i]!])),
    spotAt: (ts) => closes.get(ts) ?? Number.NaN,
  }
}
