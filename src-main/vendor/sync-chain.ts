import { dateOfDay, dayOfDate } from '#shared/calendar/civil-date.ts'
import { expiryInstant } from '#shared/calendar/expiries.ts'
import { sessionAt, sessionDate } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ChainTable } from '#shared/jobs/market-types.ts'
import { keepSnapshots } from './keep-snapshots.ts'
import { lakeTicker, type SyncRun, vendorSource } from './sync-run.ts'
import type { OptionSnapshot } from './vendor-schemas.ts'

/** Expiries further away than this are not kept. */
const horizonDays = 60
const daysAYear = 365

/** Stores the chain as it is at this moment. Outside regular hours there is none worth keeping, and never one of another time. */
export async function syncChain(run: SyncRun, vendorTicker: string): Promise<void> {
  const ticker = lakeTicker(vendorTicker)
  const session = sessionAt(run.now)
  if (session < 0) {
    run.warnings.push(
      `no chain of ${ticker} was taken: the exchange is closed, and snapshots are only of now`,
    )
    return
  }
  run.meter.plan(1)
  run.meter.phase(`${ticker} chain`)
  const until = dateOfDay(dayOfDate(sessionDate(session)) + horizonDays)
  const quotes = await run.client.chainSnapshot(vendorTicker, until, run.signal)
  run.meter.done()
  const chain = toChain(quotes, run.now, session)
  if (chain === null)
    throw new SigmaError('NO_DATA', `the vendor has no chain of ${ticker} with a spot price`)
  const whole = await keepSnapshots(run.lake, ticker, chain)
  await run.lake.writeChain(ticker, whole, vendorSource, { replace: run.request.replace })
}

/** A snapshot as the lake stores it, by expiry, strike, puts before calls; null where it is empty or has no spot. */
export function toChain(quotes: readonly OptionSnapshot[], ts: number, session: number): ChainTable | null {
  const spot = quotes
    .map(({ underlying_asset }) => underlying_asset?.price ?? underlying_asset?.value)
    .find((each) => each !== undefined && each > 0)
  const date = sessionDate(session)
  const byPlace = new Map<string, OptionSnapshot>()
  for (const quote of quotes) {
    const { contract_type, expiration_date, strike_price, shares_per_contract = 100 } = quote.details
    const isStandard = (contract_type === 'call' || contract_type === 'put') && shares_per_contract === 100
    if (isStandard && expiration_date >= date) {
      byPlace.set(`${expiration_date}/${strike_price}/${contract_type}`, quote)
    }
  }
  const rows = [...byPlace.values()].sort(({ details: a }, { details: b }) => {
    if (a.expiration_date !== b.expiration_date) return a.expiration_date < b.expiration_date ? -1 : 1
    return a.strike_price - b.strike_price || (a.contract_type < b.contract_type ? 1 : -1)
  })
  if (spot === undefined || rows.length === 0) return null
  const column = (read: (quote: OptionSnapshot) => number | undefined) =>
    Float64Array.from(rows, (quote) => read(quote) ?? Number.NaN)
  return {
    snapshots: 1,
    ts: Float64Array.of(ts),
    session: Int32Array.of(session),
    spot: Float64Array.of(spot),
    offset: Int32Array.of(0, rows.length),
    strike: column(({ details }) => details.strike_price),
    expiry: column(({ details }) => expiryInstant(details.expiration_date)),
    isCall: Uint8Array.from(rows, ({ details }) => Number(details.contract_type === 'call')),
    bid: column(({ last_quote }) => last_quote?.bid),
    ask: column(({ last_quote }) => last_quote?.ask),
    volume: column(({ day }) => day?.volume),
    openInterest: column(({ open_interest }) => open_interest),
    iv: column(({ implied_volatility }) => implied_volatility),
    delta: column(({ greeks }) => greeks?.delta),
    gamma: column(({ greeks }) => greeks?.gamma),
    // The vendor counts vega per point of volatility and theta per day; the lake per 1.00 and per year.
    vega: column(({ greeks }) => (greeks?.vega === undefined ? undefined : greeks.vega * 100)),
    theta: column(({ greeks }) => (greeks?.theta === undefined ? undefined : greeks.theta * daysAYear)),
  }
}
