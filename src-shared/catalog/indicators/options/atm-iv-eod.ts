import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { nearestAtmIv } from './implied-volatility.ts'
import { measureRows } from './measure-snapshots.ts'
import { bandSuffix, soleParam, strikeBandParam } from './params.ts'
import { endOfDaySnapshots } from './row-snapshots.ts'

export const atmIvEod = defineIndicator({
  id: 'atm_iv_eod',
  title: 'Closing ATM volatility',
  doc: 'At-the-money volatility of the nearest expiry at the end of the day: of the session before on intraday rows.',
  category: 'options',
  subcategory: 'volatility',
  source:
    'Mean call and put IV at the strike nearest the spot, nearest open expiry, last snapshot of the session',
  params: Type.Object({
    underlying: underlyingParam(),
    sampling: soleParam('15:55-16:00'),
    strike_band: strikeBandParam(),
  }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  lag: () => 1,
  outputs: ({ strike_band }) => [`atm_iv_eod${bandSuffix(strike_band)}`],
  // One session more on intraday rows.
  warmup: () => 0,
  compute: (input, { strike_band }, [out]) => {
    measureRows(
      input.chain!,
      endOfDaySnapshots(input),
      (chain, snapshot) => nearestAtmIv(chain, snapshot, strike_band),
      out!,
    )
  },
})
