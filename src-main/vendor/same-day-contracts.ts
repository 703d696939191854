import type { OptionContract } from './vendor-schemas.ts'

export interface SameDayContract {
  /** As the vendor calls it, O:SPY241129C00600000. */
  symbol: string
  strike: number
  isCall: boolean
}

/**
 * Standard contracts that expire on a date, with strikes within `distance` whole dollars of the rounded previous close, by
 * strike, puts before calls. Contracts changed by a corporate action (not of 100 shares) are left out; of two with the same
 * strike and right the weekly root is taken, since the other one is settled in the morning (SPX, SPXW).
 */
export function sameDayContracts(
  listed: readonly OptionContract[],
  date: string,
  previousClose: number,
  distance: number,
): SameDayContract[] {
  const centre = Math.round(previousClose)
  const byPlace = new Map<string, SameDayContract>()
  for (const { ticker, contract_type, expiration_date, strike_price, shares_per_contract = 100 } of listed) {
    const isKnown = contract_type === 'call' || contract_type === 'put'
    if (!isKnown || expiration_date !== date || shares_per_contract !== 100) continue
    if (Math.abs(strike_price - centre) > distance) continue
    const place = `${strike_price}${contract_type}`
    const rival = byPlace.get(place)
    if (rival !== undefined && rival.symbol.length >= ticker.length) continue
    byPlace.set(place, { symbol: ticker, strike: strike_price, isCall: contract_type === 'call' })
  }
  return [...byPlace.values()].sort((a, b) => a.strike - b.strike || Number(a.isCall) - Number(b.isCall))
}
