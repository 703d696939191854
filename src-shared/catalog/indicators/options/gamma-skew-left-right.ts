import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { columnParam, nameSuffix, underlyingParam } from '../params.ts'
import { firstOpenQuote } from './find-expiry.ts'
import { ownSnapshots } from './row-snapshots.ts'
import { createStrikeTotals, type StrikeTotals, sumByStrike } from './strike-totals.ts'

export const gammaSkewLeftRight = defineIndicator({
  id: 'gamma_skew_left_right',
  title: 'Gamma above against below the price',
  doc: 'Gamma at strikes above the price less that below, as a share of both: 1 all above, −1 all below.',
  category: 'options',
  subcategory: 'gamma',
  source:
    '(R − L) / (R + L) of |gamma| · open interest at strikes right and left of spot_col, all open expiries',
  params: Type.Object({ underlying: underlyingParam(), spot_col: columnParam() }),
  needs: ['chain'],
  sparse: true,
  inputs: ({ spot_col }) => [spot_col, 'time', 'chain'],
  outputs: ({ spot_col }) => [`gamma_skew_left_right${nameSuffix({ column: spot_col })}`],
  warmup: () => 0,
  compute: (input, { spot_col }, [out]) => {
    const chain = input.chain!
    const price = input[spot_col]
    const at = ownSnapshots(input)
    const totals = createStrikeTotals(chain)
    for (let i = 0; i < input.rows; i++) {
      const snapshot = at[i]!
      out![i] = Number.NaN
      if (snapshot < 0) continue
      if (i === 0 || snapshot !== at[i - 1]) {
        sumByStrike(chain, firstOpenQuote(chain, snapshot), chain.offset[snapshot + 1]!, 'gamma', totals)
      }
      out![i] = leanAround(totals, price[i]!)
    }
  },
})

function leanAround({ count, strike, total }: StrikeTotals, price: number): number {
  let left = 0
  let right = 0
  for (let k = 0; k < count; k++) {
    if (strike[k]! < price) left += total[k]!
    else if (strike[k]! > price) right += total[k]!
  }
  return left + right > 0 ? (right - left) / (right + left) : Number.NaN
}
