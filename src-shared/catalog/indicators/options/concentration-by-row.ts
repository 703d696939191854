import type { IndicatorInput } from '../define.ts'
import { expiryEnd, firstOpenQuote } from './find-expiry.ts'
import { measureRows } from './measure-snapshots.ts'
import { ownSnapshots } from './row-snapshots.ts'
import { concentration, createStrikeTotals, type StrikeWeight, sumByStrike } from './strike-totals.ts'

/** Per row how much of the nearest open expiry sits at its `top` largest strikes, see `concentration`. */
export function concentrationByRow(
  input: IndicatorInput,
  weight: StrikeWeight,
  top: number,
  out: Float64Array,
): void {
  const totals = createStrikeTotals(input.chain!)
  measureRows(
    input.chain!,
    ownSnapshots(input),
    (chain, snapshot) => {
      const from = firstOpenQuote(chain, snapshot)
      sumByStrike(chain, from, expiryEnd(chain, snapshot, from), weight, totals)
      return concentration(totals, top)
    },
    out,
  )
}
