import type { ChainSeries } from '#shared/catalog/indicators/define.ts'
import { blackScholes, bsDelta, impliedVolatility, optionYearMs } from '#shared/kernels/black-scholes.ts'
import { impliedYield, isQuoted } from './implied-carry.ts'
import { type OptionLeg, type OptionPosition, quotePosition } from './position.ts'

type Quotes = Omit<ChainSeries, 'asOf'>

export interface ContractWish {
  isCall: boolean
  /** Of |delta|, so a put counts like a call. */
  targetDelta: number
  minOpenInterest: number
  minVolume: number
  /** Widest spread of the whole position, a fraction of its mid. */
  maxSpread: number
  /** Dollars between the strikes of a vertical; null for a single option. */
  spreadWidth: number | null
}

/** Why contracts of the expiry were not taken, each counted under the first rule it fails. */
export interface Refusals {
  listed: number
  without_quotes: number
  without_volatility: number
  low_open_interest: number
  low_volume: number
  without_second_leg: number
  wide_spread: number
}

export interface ContractChoice {
  position: OptionPosition | null
  refusals: Refusals
}

/**
 * Chooses the contract to buy from one snapshot: of the expiry and side, |delta| nearest the target among those that pass the
 * filters; between equals the larger volume, then the larger open interest. A call vertical sells the strike `spreadWidth`
 * higher, a put vertical the one `spreadWidth` lower: the listed strike nearest to it, at most half the width away. Open
 * interest and volume are asked of each leg, the spread of the position.
 */
export function chooseContract(
  chain: Quotes,
  snapshot: number,
  expiryTs: number,
  wish: ContractWish,
  rate: number,
): ContractChoice {
  const refusals: Refusals = {
    listed: 0,
    without_quotes: 0,
    without_volatility: 0,
    low_open_interest: 0,
    low_volume: 0,
    without_second_leg: 0,
    wide_spread: 0,
  }
  const dividendYield = impliedYield(chain, snapshot, expiryTs, rate)
  const quotes = quotesOf(chain, snapshot, expiryTs, wish.isCall)
  let best: OptionLeg[] | null = null
  let bestGap = Number.POSITIVE_INFINITY
  for (const quote of quotes) {
    refusals.listed++
    const legs = legsFrom(quote)
    if (typeof legs === 'string') {
      refusals[legs]++
      continue
    }
    const bought = legs[0]!
    const gap = Math.abs(Math.abs(bought.delta) - wish.targetDelta)
    if (gap > bestGap || (gap === bestGap && best && !isPreferred(bought, best[0]!))) continue
    best = legs
    bestGap = gap
  }
  return { position: best && { legs: best, expiryTs, rate, dividendYield }, refusals }

  function legsFrom(quote: number): OptionLeg[] | Exclude<keyof Refusals, 'listed'> {
    const bought = legOf(quote, true)
    if (typeof bought === 'string') return bought
    let legs = [bought]
    if (wish.spreadWidth !== null) {
      const other = secondLeg(chain, quotes, bought, wish.spreadWidth)
      const sold = other < 0 ? 'without_second_leg' : legOf(other, false)
      if (typeof sold === 'string') return 'without_second_leg'
      legs = [bought, sold]
    }
    const { mid, bid, ask } = quotePosition(legs)
    // A vertical that costs its whole width can only lose.
    const most = legs[1] ? Math.abs(legs[1].strike - bought.strike) : Number.POSITIVE_INFINITY
    if (!(mid > 0 && ask < most)) return 'without_second_leg'
    return (ask - bid) / mid > wish.maxSpread ? 'wide_spread' : legs
  }

  function legOf(quote: number, isBought: boolean): OptionLeg | Exclude<keyof Refusals, 'listed'> {
    if (!isQuoted(chain, quote)) return 'without_quotes'
    const bid = chain.bid[quote]!
    const ask = chain.ask[quote]!
    const strike = chain.strike[quote]!
    const spot = chain.spot[snapshot]!
    const years = (expiryTs - chain.ts[snapshot]!) / optionYearMs
    const iv = impliedVolatility(wish.isCall, (bid + ask) / 2, spot, strike, years, rate, dividendYield)
    if (Number.isNaN(iv)) return 'without_volatility'
    // A missing count is not a large one.
    if (wish.minOpenInterest > 0 && !(chain.openInterest[quote]! >= wish.minOpenInterest))
      return 'low_open_interest'
    if (wish.minVolume > 0 && !(chain.volume[quote]! >= wish.minVolume)) return 'low_volume'
    let delta = chain.delta[quote]!
    if (Number.isNaN(delta)) {
      blackScholes(wish.isCall, spot, strike, years, rate, dividendYield, iv, scratch)
      delta = scratch[bsDelta]!
    }
    return {
      isBought,
      isCall: wish.isCall,
      strike,
      bid,
      ask,
      iv,
      delta,
      openInterest: chain.openInterest[quote]!,
      volume: chain.volume[quote]!,
    }
  }
}

const scratch = new Float64Array(5)

function quotesOf(chain: Quotes, snapshot: number, expiryTs: number, isCall: boolean): number[] {
  const quotes: number[] = []
  for (let q = chain.offset[snapshot]!; q < chain.offset[snapshot + 1]!; q++) {
    if (chain.expiry[q] === expiryTs && (chain.isCall[q] === 1) === isCall) quotes.push(q)
  }
  return quotes
}

function secondLeg(chain: Quotes, quotes: readonly number[], bought: OptionLeg, width: number): number {
  const away = bought.isCall ? 1 : -1
  let best = -1
  let bestMiss = width / 2
  for (const quote of quotes) {
    const distance = away * (chain.strike[quote]! - bought.strike)
    const miss = Math.abs(distance - width)
    if (distance <= 0 || miss > bestMiss || (miss === bestMiss && best >= 0)) continue
    best = quote
    bestMiss = miss
  }
  return best
}

function isPreferred(a: OptionLeg, b: OptionLeg): boolean {
  return a.volume === b.volume ? a.openInterest > b.openInterest : a.volume > b.volume
}
