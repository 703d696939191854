import { Type } from 'typebox'
import type { ChainSeries } from '../define.ts'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { firstOpenQuote } from './find-expiry.ts'
import { ownSnapshots, previousSnapshots } from './row-snapshots.ts'

export const oiChange1d = defineIndicator({
  id: 'oi_change_1d',
  title: 'Change of open interest',
  doc: 'Contracts opened less contracts closed since the session before, over the contracts listed in both.',
  category: 'options',
  subcategory: 'open_interest',
  source:
    'Σ (open interest − that of the previous session’s last snapshot) over open contracts quoted in both',
  params: Type.Object({ underlying: underlyingParam() }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: () => ['oi_change_1d'],
  warmup: () => 1,
  warmupUnit: 'sessions',
  compute: (input, _params, [out]) => {
    const now = ownSnapshots(input)
    const before = previousSnapshots(input)
    for (let i = 0; i < input.rows; i++) {
      if (i > 0 && now[i] === now[i - 1] && before[i] === before[i - 1]) out![i] = out![i - 1]!
      else
        out![i] = now[i]! < 0 || before[i]! < 0 ? Number.NaN : sumChanges(input.chain!, now[i]!, before[i]!)
    }
  },
})

/** Walks both snapshots at once: each is in the order of its contracts. */
function sumChanges(chain: ChainSeries, now: number, before: number): number {
  const { openInterest, offset } = chain
  let sum = 0
  let common = 0
  let p = offset[before]!
  for (let q = firstOpenQuote(chain, now); q < offset[now + 1]!; q++) {
    while (p < offset[before + 1]! && compareContracts(chain, p, q) < 0) p++
    if (p === offset[before + 1]) break
    const change = openInterest[q]! - openInterest[p]!
    if (compareContracts(chain, p, q) !== 0 || Number.isNaN(change)) continue
    sum += change
    common++
  }
  return common > 0 ? sum : Number.NaN
}

/** Below 0 where quote `a` comes first in the order of a snapshot, 0 for the same contract. */
function compareContracts({ expiry, strike, isCall }: ChainSeries, a: number, b: number): number {
  return expiry[a]! - expiry[b]! || strike[a]! - strike[b]! || isCall[a]! - isCall[b]!
}
