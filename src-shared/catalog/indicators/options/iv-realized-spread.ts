import { Type } from 'typebox'
import { SigmaError } from '#shared/errors.ts'
import { relativeChange } from '#shared/kernels/returns.ts'
import { rollingStd } from '#shared/kernels/rolling-std.ts'
import type { Cadence } from '../define.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, underlyingParam } from '../params.ts'
import { nearestAtmIv } from './implied-volatility.ts'
import { measureRows } from './measure-snapshots.ts'
import { bandSuffix, soleParam, strikeBandParam } from './params.ts'
import { ownSnapshots } from './row-snapshots.ts'

const sessionsPerYear = 252
const rowsPerSession: Record<Cadence, number> = { '5m': 78, '15m': 26, hourly: 7, daily: 1 }
const freqOf: Partial<Record<Cadence, string>> = { hourly: 'hour', daily: 'day' }

export const ivRealizedSpread = defineIndicator({
  id: 'iv_realized_spread',
  title: 'Implied less realized volatility',
  doc: 'At-the-money volatility of the nearest expiry less the volatility of the last rows, both per year: above 0 options are dear.',
  category: 'options',
  subcategory: 'volatility',
  source:
    'ATM IV of the nearest open expiry − sample deviation of one-row returns × √(252 × rows per session), 7 hourly, 1 daily',
  params: Type.Object({
    underlying: underlyingParam(),
    window: barsParam(20, 2),
    freq: Type.Optional(Type.Enum(['hour', 'day'])),
    contract_type: Type.Union([Type.Enum(['call', 'put']), Type.Null()], { default: null }),
    iv_source: soleParam('snapshot'),
    quote_window: soleParam('10:00-11:00'),
    strike_band: strikeBandParam(),
  }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['close', 'time', 'chain'],
  outputs: ({ window, contract_type, strike_band }) => [
    `iv_realized_spread_${window}${contract_type === null ? '' : `_${contract_type}`}${bandSuffix(strike_band)}`,
  ],
  warmup: ({ window }) => window,
  compute: (input, { window, freq, contract_type, strike_band }, [out]) => {
    const { cadence, rows } = input
    if (freq !== undefined && freq !== freqOf[cadence]) {
      throw new SigmaError(
        'INVALID_PARAM',
        `iv_realized_spread: freq ${freq} is not that of ${cadence} rows; leave it out to follow the model`,
      )
    }
    const change = new Float64Array(rows)
    const realized = new Float64Array(rows)
    relativeChange(input.close, 1, change)
    rollingStd(change, window, 1, realized)
    measureRows(
      input.chain!,
      ownSnapshots(input),
      (chain, snapshot) => nearestAtmIv(chain, snapshot, strike_band, contract_type),
      out!,
    )
    const yearly = Math.sqrt(sessionsPerYear * rowsPerSession[cadence])
    for (let i = 0; i < rows; i++) out![i] = out![i]! - yearly * realized[i]!
  },
})
