import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { concentrationByRow } from './concentration-by-row.ts'
import { topParam } from './params.ts'

export const oiConcentrationHhi = defineIndicator({
  id: 'oi_concentration_hhi',
  title: 'Concentration of open interest',
  doc: 'How much of the nearest expiry’s open interest sits at few strikes: 1 all at one, near 0 spread out.',
  category: 'options',
  subcategory: 'open_interest',
  source: 'Σ of squared shares of open interest of the top_n strikes; Herfindahl index',
  params: Type.Object({ underlying: underlyingParam(), top_n: topParam(5) }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: ({ top_n }) => [`oi_concentration_hhi_${top_n}`],
  warmup: () => 0,
  compute: (input, { top_n }, [out]) => concentrationByRow(input, 'openInterest', top_n, out!),
})
