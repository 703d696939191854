import { newYorkDay } from '#shared/calendar/new-york.ts'
import type { ChainSeries } from '../define.ts'

/** First quote of the nearest expiry still open at the snapshot; the snapshot's end where all have expired. */
export function firstOpenQuote({ offset, expiry, ts }: ChainSeries, snapshot: number): number {
  const end = offset[snapshot + 1]!
  let quote = offset[snapshot]!
  // At the instant of expiry only intrinsic value is left.
  while (quote < end && !(expiry[quote]! > ts[snapshot]!)) quote++
  return quote
}

/** End of the run of quotes, within a snapshot, that share the expiry of quote `from`; `from` itself at the snapshot's end. */
export function expiryEnd({ offset, expiry }: ChainSeries, snapshot: number, from: number): number {
  const end = offset[snapshot + 1]!
  let quote = from
  while (quote < end && expiry[quote] === expiry[from]) quote++
  return quote
}

/**
 * First quote of the open expiry nearest to `days` calendar days after the snapshot's date, the earlier of two as near. −1 where
 * none is within half of `days` (or a week): a volatility of next week is not one of next quarter.
 */
export function findExpiry(chain: ChainSeries, snapshot: number, days: number): number {
  const { offset, expiry, ts } = chain
  const end = offset[snapshot + 1]!
  const wanted = newYorkDay(ts[snapshot]!) + days
  let found = -1
  let nearest = Math.max(7, days / 2)
  for (let q = firstOpenQuote(chain, snapshot); q < end; q = expiryEnd(chain, snapshot, q)) {
    const distance = Math.abs(newYorkDay(expiry[q]!) - wanted)
    if (distance < nearest || (distance === nearest && found < 0)) {
      found = q
      nearest = distance
    }
  }
  return found
}

/** First quote of the expiry on the snapshot's own date while it is open, else −1. */
export function findSameDayExpiry(chain: ChainSeries, snapshot: number): number {
  const quote = firstOpenQuote(chain, snapshot)
  if (quote === chain.offset[snapshot + 1]) return -1
  return newYorkDay(chain.expiry[quote]!) === newYorkDay(chain.ts[snapshot]!) ? quote : -1
}
