import type { ChainSeries } from '#shared/catalog/indicators/define.ts'
import { optionYearMs } from '#shared/kernels/black-scholes.ts'

/**
 * Continuous yield that the market prices an expiry with, from put–call parity at the strike nearest the spot that quotes both
 * sides: forward = strike + (call − put)·e^(rate·T), yield = rate − ln(forward / spot) / T. Holding costs, dividends and borrow
 * are all in it. 0 where no strike quotes both sides.
 */
export function impliedYield(
  chain: Pick<ChainSeries, 'ts' | 'spot' | 'offset' | 'expiry' | 'strike' | 'isCall' | 'bid' | 'ask'>,
  snapshot: number,
  expiryTs: number,
  rate: number,
): number {
  const spot = chain.spot[snapshot]!
  const years = (expiryTs - chain.ts[snapshot]!) / optionYearMs
  if (!(years > 0)) return 0
  let bestGap = Number.POSITIVE_INFINITY
  let forward = spot * Math.exp(rate * years)
  // A strike's put and call stand beside each other.
  for (let q = chain.offset[snapshot]!; q + 1 < chain.offset[snapshot + 1]!; q++) {
    const strike = chain.strike[q]!
    const isPair =
      chain.expiry[q] === expiryTs &&
      chain.expiry[q + 1] === expiryTs &&
      chain.strike[q + 1] === strike &&
      chain.isCall[q] !== chain.isCall[q + 1]
    if (!isPair || !isQuoted(chain, q) || !isQuoted(chain, q + 1)) continue
    const gap = Math.abs(strike - spot)
    if (gap >= bestGap) continue
    bestGap = gap
    const difference = mid(chain, q) - mid(chain, q + 1)
    const callLessPut = chain.isCall[q] ? difference : -difference
    forward = strike + callLessPut * Math.exp(rate * years)
  }
  if (bestGap === Number.POSITIVE_INFINITY || !(forward > 0)) return 0
  return rate - Math.log(forward / spot) / years
}

/** Both sides are quoted and do not cross. */
export function isQuoted({ bid, ask }: Pick<ChainSeries, 'bid' | 'ask'>, quote: number): boolean {
  return bid[quote]! > 0 && ask[quote]! >= bid[quote]!
}

function mid({ bid, ask }: Pick<ChainSeries, 'bid' | 'ask'>, quote: number): number {
  return (bid[quote]! + ask[quote]!) / 2
}
