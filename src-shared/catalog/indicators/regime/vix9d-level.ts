import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'

export const vix9dLevel = defineIndicator({
  id: 'vix9d_level',
  title: 'VIX9D level',
  doc: 'Close of the 9-day volatility index as known at the decision: intraday rows see the previous session’s.',
  category: 'regime',
  subcategory: 'vix',
  source: 'Cboe Short-Term Volatility Index methodology',
  params: Type.Object({}),
  needs: ['index'],
  sparse: true,
  inputs: () => ['index'],
  lag: () => 1,
  outputs: () => ['vix9d_level'],
  warmup: () => 0,
  compute: ({ index }, _params, [out]) => out!.set(index!.vix9d),
})
