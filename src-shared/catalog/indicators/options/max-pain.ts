import { Type } from 'typebox'
import type { ChainSeries } from '../define.ts'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { expiryEnd, firstOpenQuote } from './find-expiry.ts'
import { measureRows } from './measure-snapshots.ts'
import { ownSnapshots } from './row-snapshots.ts'

export const maxPain = defineIndicator({
  id: 'max_pain',
  title: 'Max pain',
  doc: 'Strike of the nearest expiry at which all options held would pay out least, in price units.',
  category: 'options',
  subcategory: 'open_interest',
  source:
    'argmin over strikes K of Σ OI · max(0, K − k) of calls + Σ OI · max(0, k − K) of puts; the lower of equals',
  params: Type.Object({ underlying: underlyingParam() }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: () => ['max_pain'],
  warmup: () => 0,
  compute: (input, _params, [out]) => measureRows(input.chain!, ownSnapshots(input), leastPayout, out!),
})

function leastPayout(chain: ChainSeries, snapshot: number): number {
  const { strike, openInterest, isCall } = chain
  const from = firstOpenQuote(chain, snapshot)
  const end = expiryEnd(chain, snapshot, from)
  let callsBelow = 0
  let putsAbove = 0
  let held = 0
  for (let q = from; q < end; q++) {
    if (!(openInterest[q]! > 0)) continue
    held += openInterest[q]!
    if (isCall[q] === 0) putsAbove += openInterest[q]!
  }
  if (held === 0) return Number.NaN
  // The payout is convex in K and changes, from one strike to the next, by calls at or below less puts above it.
  for (let q = from; q < end; q++) {
    if (openInterest[q]! > 0) {
      if (isCall[q] === 1) callsBelow += openInterest[q]!
      else putsAbove -= openInterest[q]!
    }
    const isLastOfStrike = q + 1 === end || strike[q + 1] !== strike[q]
    if (isLastOfStrike && callsBelow >= putsAbove) return strike[q]!
  }
  return Number.NaN
}
