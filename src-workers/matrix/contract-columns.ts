import type { IndicatorInput } from '#shared/catalog/indicators/define.ts'
import type { FeatureColumn } from './feature-column.ts'

const TARGET_DELTA = 0.35
/** In millionths. */
const DELTA_BAND = 50_000
const DAY_MS = 86_400_000

/**
 * Quotes of the contract that an option model would trade at each row: of the newest snapshot of the row's session, the
 * same-day contract with |delta| nearest 0.35 within ±0.05, then the larger volume, then the larger open interest.
 * NaN where there is no such contract.
 */
export function contractColumns(input: IndicatorInput): FeatureColumn[] {
  const { chain, rows } = input
  const names = ['bid', 'ask', 'mid', 'spread', 'oi', 'volume', 'delta', 'iv', 'strike', 'is_call']
  const columns = names.map((name) => ({
    name: `contract_${name}`,
    data: new Float64Array(rows).fill(Number.NaN),
  }))
  if (!chain) return columns
  for (let row = 0; row < rows; row++) {
    const snapshot = chain.asOf[row]! - 1
    if (snapshot < 0 || chain.session[snapshot] !== input.session[row]) continue
    let best = -1
    let bestGap = DELTA_BAND
    for (let q = chain.offset[snapshot]!; q < chain.offset[snapshot + 1]!; q++) {
      // A same-day contract expires at its session's close: less than a day after the snapshot, or at it.
      if (chain.expiry[q]! - chain.ts[snapshot]! >= DAY_MS / 2) continue
      // In millionths, as deltas are stored: .40 is as near to .35 as .30 is, which differences of doubles are not.
      const gap = Math.round(Math.abs(Math.abs(chain.delta[q]!) - TARGET_DELTA) * 1e6)
      if (Number.isNaN(gap) || gap > bestGap) continue
      if (gap === bestGap && best >= 0 && !isPreferred(chain.volume, chain.openInterest, q, best)) continue
      best = q
      bestGap = gap
    }
    if (best < 0) continue
    const bid = chain.bid[best]!
    const ask = chain.ask[best]!
    const mid = (bid + ask) / 2
    const values = [
      bid,
      ask,
      mid,
      mid > 0 ? (ask - bid) / mid : Number.NaN,
      chain.openInterest[best]!,
      chain.volume[best]!,
      chain.delta[best]!,
      chain.iv[best]!,
      chain.strike[best]!,
      chain.isCall[best]!,
    ]
    for (let i = 0; i < values.length; i++) columns[i]!.data[row] = values[i]!
  }
  return columns
}

function isPreferred(volume: Float64Array, openInterest: Float64Array, a: number, b: number): boolean {
  if (volume[a]! !== volume[b]!) return volume[a]! > volume[b]!
  return openInterest[a]! > openInterest[b]!
}
