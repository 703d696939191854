import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { findExpiry, firstOpenQuote } from './find-expiry.ts'
import { atmIv } from './implied-volatility.ts'
import { measureRows } from './measure-snapshots.ts'
import { bandSuffix, daysParam, soleParam, strikeBandParam } from './params.ts'
import { ownSnapshots } from './row-snapshots.ts'

export const ivTermSlope = defineIndicator({
  id: 'iv_term_slope',
  title: 'Slope of the volatility term structure',
  doc: 'Farther less nearest at-the-money volatility: below 0 the market fears the near term more.',
  category: 'options',
  subcategory: 'volatility',
  source:
    'ATM IV of the listed expiry nearest to days_fwd (within half of that or a week) − ATM IV of the nearest open expiry; empty where they are one',
  params: Type.Object({
    underlying: underlyingParam(),
    days_fwd: daysParam(30),
    iv_source: soleParam('snapshot'),
    quote_window: soleParam('10:00-11:00'),
    strike_band: strikeBandParam(),
  }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: ({ days_fwd, strike_band }) => [`iv_term_slope_${days_fwd}${bandSuffix(strike_band)}`],
  warmup: () => 0,
  compute: (input, { days_fwd, strike_band }, [out]) => {
    measureRows(
      input.chain!,
      ownSnapshots(input),
      (chain, snapshot) => {
        const near = firstOpenQuote(chain, snapshot)
        const far = findExpiry(chain, snapshot, days_fwd)
        if (far === near) return Number.NaN
        return atmIv(chain, snapshot, far, strike_band) - atmIv(chain, snapshot, near, strike_band)
      },
      out!,
    )
  },
})
