import type { ChainSeries } from '../define.ts'
import { expiryEnd, findExpiry, firstOpenQuote } from './find-expiry.ts'

/** Quotes to average at a strike: calls, puts, or whichever of the two are there. */
export type OptionSide = 'call' | 'put' | null

/** First quote of the strike nearest to `price` among quotes `from` … `end` − 1, the lower of two as near; −1 where none. */
export function findStrike({ strike }: ChainSeries, from: number, end: number, price: number): number {
  let found = -1
  let nearest = Number.POSITIVE_INFINITY
  for (let q = from; q < end; q++) {
    const distance = Math.abs(strike[q]! - price)
    if (distance < nearest) {
      found = q
      nearest = distance
    }
  }
  return found
}

/** Mean implied volatility of the quotes of one strike, the first of which is `at`; NaN where none has one. */
export function strikeIv(chain: ChainSeries, at: number, end: number, side: OptionSide): number {
  const { strike, iv, isCall } = chain
  let sum = 0
  let count = 0
  for (let q = at; q < end && strike[q] === strike[at]; q++) {
    if (side !== null && (side === 'call') !== (isCall[q] === 1)) continue
    // Vendors write 0 where they could not solve for it.
    if (!(iv[q]! > 0)) continue
    sum += iv[q]!
    count++
  }
  return count > 0 ? sum / count : Number.NaN
}

/**
 * At-the-money volatility of the expiry that starts at quote `from`: at the strike nearest the snapshot's spot, NaN where that
 * is further than `strikeBand` away.
 */
export function atmIv(
  chain: ChainSeries,
  snapshot: number,
  from: number,
  strikeBand = Number.POSITIVE_INFINITY,
  side: OptionSide = null,
): number {
  if (from < 0) return Number.NaN
  const spot = chain.spot[snapshot]!
  const end = expiryEnd(chain, snapshot, from)
  const at = findStrike(chain, from, end, spot)
  return at >= 0 && Math.abs(chain.strike[at]! - spot) <= strikeBand
    ? strikeIv(chain, at, end, side)
    : Number.NaN
}

/** At-the-money volatility of the nearest open expiry. */
export function nearestAtmIv(
  chain: ChainSeries,
  snapshot: number,
  strikeBand?: number,
  side?: OptionSide,
): number {
  return atmIv(chain, snapshot, firstOpenQuote(chain, snapshot), strikeBand, side)
}

/** At-the-money volatility of the open expiry nearest to 30 days. */
export function monthAtmIv(chain: ChainSeries, snapshot: number): number {
  return atmIv(chain, snapshot, findExpiry(chain, snapshot, 30))
}
