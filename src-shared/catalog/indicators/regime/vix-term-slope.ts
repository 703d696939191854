import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { indexColumn, indexTenor, tenorParam } from './index-tenor.ts'

export const vixTermSlope = defineIndicator({
  id: 'vix_term_slope',
  title: 'VIX term slope',
  doc: 'Longer less shorter volatility index, in points: below 0 the market fears the near term more.',
  category: 'regime',
  subcategory: 'vix_term',
  source: 'Difference of two Cboe volatility indices (9 days, 1, 3 and 6 months)',
  params: Type.Object({ near: tenorParam('I:VIX'), far: tenorParam('I:VIX3M') }),
  needs: ['index'],
  sparse: true,
  inputs: () => ['index'],
  lag: () => 1,
  outputs: ({ near, far }) => [`vix_term_slope_${indexTenor(near)}_${indexTenor(far)}`],
  warmup: () => 0,
  compute: ({ index, rows }, { near, far }, [out]) => {
    const short = index![indexColumn(near)]
    const long = index![indexColumn(far)]
    for (let i = 0; i < rows; i++) out![i] = long[i]! - short[i]!
  },
})
