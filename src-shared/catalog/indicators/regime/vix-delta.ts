import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'

export const vixDelta = defineIndicator({
  id: 'vix_delta',
  title: 'VIX change',
  doc: 'Change of the known VIX close from the session before, in points.',
  category: 'regime',
  subcategory: 'vix',
  source: 'First difference by session of the VIX close known at the decision',
  params: Type.Object({}),
  needs: ['index'],
  sparse: true,
  inputs: () => ['time', 'index'],
  lag: () => 1,
  outputs: () => ['vix_delta'],
  warmup: () => 1,
  warmupUnit: 'sessions',
  compute: ({ index, session, rows }, _params, [out]) => {
    const { vix } = index!
    let previous = Number.NaN
    for (let i = 0; i < rows; i++) {
      if (i > 0 && session[i] !== session[i - 1]) previous = vix[i - 1]!
      out![i] = vix[i]! - previous
    }
  },
})
