import type { ChainSeries } from '../define.ts'

/** What is summed at a strike: contracts held, or their gamma, |gamma| × contracts held. */
export type StrikeWeight = 'openInterest' | 'gamma'

/** Calls and puts summed by strike, strikes ascending; the first `count` entries hold. */
export interface StrikeTotals {
  count: number
  strike: Float64Array
  total: Float64Array
}

/** Empty totals with room for any snapshot of the chain. */
export function createStrikeTotals({ snapshots, offset }: ChainSeries): StrikeTotals {
  let room = 0
  for (let s = 0; s < snapshots; s++) room = Math.max(room, offset[s + 1]! - offset[s]!)
  return { count: 0, strike: new Float64Array(room), total: new Float64Array(room) }
}

/** Sums quotes `from` … `end` − 1, of one expiry or several. Quotes without weight add nothing, nor a strike. */
export function sumByStrike(
  chain: ChainSeries,
  from: number,
  end: number,
  weight: StrikeWeight,
  totals: StrikeTotals,
): void {
  const { openInterest, gamma, strike } = chain
  totals.count = 0
  let at = 0
  for (let q = from; q < end; q++) {
    // Strikes ascend within an expiry and start anew with the next one.
    if (q > from && strike[q]! < strike[q - 1]!) at = 0
    const amount = weight === 'gamma' ? Math.abs(gamma[q]!) * openInterest[q]! : openInterest[q]!
    if (!(amount > 0)) continue
    at = placeOf(totals, strike[q]!, at)
    totals.total[at] = totals.total[at]! + amount
  }
}

/** Strike with the largest total, the lower of two as large; NaN where nothing is held. */
export function peakStrike({ count, strike, total }: StrikeTotals): number {
  let peak = -1
  for (let k = 0; k < count; k++) if (peak < 0 || total[k]! > total[peak]!) peak = k
  return peak < 0 ? Number.NaN : strike[peak]!
}

/** Herfindahl index of the `top` largest strikes: the sum of their squared shares of the whole. Uses the totals up. */
export function concentration({ count, total }: StrikeTotals, top: number): number {
  let whole = 0
  for (let k = 0; k < count; k++) whole += total[k]!
  let squares = 0
  for (let n = 0; n < Math.min(top, count); n++) {
    let largest = 0
    for (let k = 1; k < count; k++) if (total[k]! > total[largest]!) largest = k
    squares += (total[largest]! / whole) ** 2
    total[largest] = 0
  }
  return count > 0 ? squares : Number.NaN
}

/** Index of a strike, which is looked for from `at` on and inserted with a total of 0 where it is new. */
function placeOf(totals: StrikeTotals, wanted: number, at: number): number {
  const { strike, total } = totals
  let k = at
  while (k < totals.count && strike[k]! < wanted) k++
  if (k < totals.count && strike[k] === wanted) return k
  strike.copyWithin(k + 1, k, totals.count)
  total.copyWithin(k + 1, k, totals.count)
  strike[k] = wanted
  total[k] = 0
  totals.count++
  return k
}
