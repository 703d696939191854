import type { IndicatorInput } from '../define.ts'
import { expiryEnd, firstOpenQuote } from './find-expiry.ts'
import { measureRows } from './measure-snapshots.ts'
import { ownSnapshots } from './row-snapshots.ts'
import { createStrikeTotals, peakStrike, type StrikeWeight, sumByStrike } from './strike-totals.ts'

/** Per row the strike that holds most, over the nearest open expiry or all of them. */
export function peakByRow(
  input: IndicatorInput,
  weight: StrikeWeight,
  expiries: 'near' | 'all',
  out: Float64Array,
): void {
  const totals = createStrikeTotals(input.chain!)
  measureRows(
    input.chain!,
    ownSnapshots(input),
    (chain, snapshot) => {
      const from = firstOpenQuote(chain, snapshot)
      const end = expiries === 'near' ? expiryEnd(chain, snapshot, from) : chain.offset[snapshot + 1]!
      sumByStrike(chain, from, end, weight, totals)
      return peakStrike(totals)
    },
    out,
  )
}
