import { Type } from 'typebox'
import type { ChainSeries } from '../define.ts'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { expiryEnd, findExpiry } from './find-expiry.ts'
import { measureRows } from './measure-snapshots.ts'
import { daysParam, soleParam } from './params.ts'
import { ownSnapshots } from './row-snapshots.ts'

const targetDelta = 0.25
/** Furthest from the target that still counts as a 25-delta option. */
const deltaBand = 0.1

export const ivSkew25d = defineIndicator({
  id: 'iv_skew_25d',
  title: '25-delta skew',
  doc: 'Volatility of the 25-delta call less that of the 25-delta put: below 0 protection is dear.',
  category: 'options',
  subcategory: 'volatility',
  source:
    'Risk reversal: IV of the call with delta nearest 0.25 − IV of the put nearest −0.25 (both within 0.1), listed expiry nearest to days_fwd',
  params: Type.Object({
    underlying: underlyingParam(),
    days_fwd: daysParam(30),
    iv_source: soleParam('snapshot'),
    quote_window: soleParam('10:00-11:00'),
    strike_band: soleParam(5),
  }),
  aliases: ['iv_skew25_delta', 'iv_skew_25d_rr'],
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: ({ days_fwd }) => [`iv_skew_25d${days_fwd === 30 ? '' : `_${days_fwd}`}`],
  warmup: () => 0,
  compute: (input, { days_fwd }, [out]) => {
    measureRows(
      input.chain!,
      ownSnapshots(input),
      (chain, snapshot) => {
        const from = findExpiry(chain, snapshot, days_fwd)
        if (from < 0) return Number.NaN
        const end = expiryEnd(chain, snapshot, from)
        return deltaIv(chain, from, end, 1, targetDelta) - deltaIv(chain, from, end, 0, -targetDelta)
      },
      out!,
    )
  },
})

/** Volatility of the call (1) or put (0) with the delta nearest to `target`, of two as near that of the lower strike. */
function deltaIv(chain: ChainSeries, from: number, end: number, isCall: 0 | 1, target: number): number {
  let found = Number.NaN
  let nearest = deltaBand
  for (let q = from; q < end; q++) {
    if (chain.isCall[q] !== isCall || !(chain.iv[q]! > 0)) continue
    const distance = Math.abs(chain.delta[q]! - target)
    if (distance < nearest) {
      found = chain.iv[q]!
      nearest = distance
    }
  }
  return found
}
