import { dayOfDate } from '#shared/calendar/civil-date.ts'
import { newYorkDate } from '#shared/calendar/new-york.ts'
import type { ChainSeries } from '#shared/catalog/indicators/define.ts'
import { expiryEnd } from '#shared/catalog/indicators/options/find-expiry.ts'
import { atmIv, findStrike } from '#shared/catalog/indicators/options/implied-volatility.ts'
import type { ChainExpiry, ChainSide } from '#shared/contract/market-data.ts'
import { isQuoted } from '#shared/options/implied-carry.ts'
import { expiryKind } from '#shared/options/list-expiries.ts'

const columns = ['bid', 'ask', 'mid', 'iv', 'delta', 'gamma', 'open_interest', 'volume'] as const

/** The quotes of a snapshot as one block per expiry, calls and puts side by side on the same strikes; null where one is missing. */
export function layOutChain(
  series: Omit<ChainSeries, 'asOf'>,
  snapshot: number,
  date: string,
): ChainExpiry[] {
  const chain: ChainSeries = { ...series, asOf: new Int32Array(0) }
  const expiries: ChainExpiry[] = []
  for (let from = chain.offset[snapshot]!; from < chain.offset[snapshot + 1]!; ) {
    const end = expiryEnd(chain, snapshot, from)
    expiries.push(layOutExpiry(chain, snapshot, from, end, date))
    from = end
  }
  return expiries
}

function layOutExpiry(
  chain: ChainSeries,
  snapshot: number,
  from: number,
  end: number,
  date: string,
): ChainExpiry {
  const strikes = strikesOf(chain, from, end)
  const call = emptySide(strikes.length)
  const put = emptySide(strikes.length)
  let place = 0
  for (let q = from; q < end; q++) {
    if (chain.strike[q] !== strikes[place]) place++
    fillQuote(chain, q, chain.isCall[q] === 1 ? call : put, place)
  }
  const expiresAt = chain.expiry[from]!
  const expiryDate = newYorkDate(expiresAt)
  return {
    date: expiryDate,
    expires_at: new Date(expiresAt).toISOString(),
    kind: expiryKind(expiryDate),
    days: dayOfDate(expiryDate) - dayOfDate(date),
    atm_strike: chain.strike[findStrike(chain, from, end, chain.spot[snapshot]!)] ?? null,
    atm_iv: orNull(atmIv(chain, snapshot, from)),
    strikes,
    call,
    put,
  }
}

function strikesOf({ strike }: ChainSeries, from: number, end: number): number[] {
  const strikes: number[] = []
  for (let q = from; q < end; q++) if (q === from || strike[q] !== strike[q - 1]) strikes.push(strike[q]!)
  return strikes
}

function fillQuote(chain: ChainSeries, q: number, side: ChainSide, place: number): void {
  const bid = chain.bid[q]!
  const ask = chain.ask[q]!
  side.bid[place] = orNull(bid)
  side.ask[place] = orNull(ask)
  side.mid[place] = isQuoted(chain, q) ? (bid + ask) / 2 : null
  // Vendors write 0 where they could not solve for it.
  side.iv[place] = chain.iv[q]! > 0 ? chain.iv[q]! : null
  side.delta[place] = orNull(chain.delta[q]!)
  side.gamma[place] = orNull(chain.gamma[q]!)
  side.open_interest[place] = orNull(chain.openInterest[q]!)
  side.volume[place] = orNull(chain.volume[q]!)
}

function emptySide(strikes: number): ChainSide {
  const column = () => new Array<number | null>(strikes).fill(null)
  return Object.fromEntries(columns.map((name) => [name, column()])) as ChainSide
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
