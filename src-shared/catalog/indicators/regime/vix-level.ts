import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { indexColumn, tenorParam } from './index-tenor.ts'

export const vixLevel = defineIndicator({
  id: 'vix_level',
  title: 'VIX level',
  doc: 'Close of the volatility index as known at the decision: intraday rows see the previous session’s.',
  category: 'regime',
  subcategory: 'vix',
  source: 'Cboe Volatility Index methodology',
  params: Type.Object({ index_ticker: tenorParam('I:VIX') }),
  needs: ['index'],
  sparse: true,
  inputs: () => ['index'],
  lag: () => 1,
  outputs: ({ index_ticker }) => [`${indexColumn(index_ticker)}_level`],
  warmup: () => 0,
  compute: ({ index }, { index_ticker }, [out]) => out!.set(index![indexColumn(index_ticker)]),
})
