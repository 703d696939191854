import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { nearestAtmIv } from './implied-volatility.ts'
import { measureRows } from './measure-snapshots.ts'
import { endOfDaySnapshots } from './row-snapshots.ts'

export const divEod = defineIndicator({
  id: 'div_eod',
  title: 'Change of closing ATM volatility',
  doc: 'Closing at-the-money volatility less that of the session before it; intraday rows see the two sessions before theirs.',
  category: 'options',
  subcategory: 'volatility',
  source: 'First difference by session of atm_iv_eod; empty where the two sessions do not follow each other',
  params: Type.Object({ underlying: underlyingParam() }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  lag: () => 1,
  outputs: () => ['div_eod'],
  warmup: () => 1,
  warmupUnit: 'sessions',
  compute: (input, _params, [out]) => {
    const { session, rows } = input
    const closing = new Float64Array(rows)
    measureRows(input.chain!, endOfDaySnapshots(input), nearestAtmIv, closing)
    let previous = Number.NaN
    for (let i = 0; i < rows; i++) {
      const step = i > 0 ? session[i]! - session[i - 1]! : 2
      if (step > 0) previous = step === 1 ? closing[i - 1]! : Number.NaN
      out![i] = closing[i]! - previous
    }
  },
})
