import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { concentrationByRow } from './concentration-by-row.ts'
import { topParam } from './params.ts'

export const gammaConcentration = defineIndicator({
  id: 'gamma_concentration',
  title: 'Concentration of gamma',
  doc: 'How much of the nearest expiry’s gamma sits at few strikes: 1 all at one, near 0 spread out.',
  category: 'options',
  subcategory: 'gamma',
  source: 'Σ of squared shares of |gamma| · open interest of the top_n strikes; Herfindahl index',
  params: Type.Object({ underlying: underlyingParam(), top_n: topParam(5) }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: ({ top_n }) => [`gamma_concentration_${top_n}`],
  warmup: () => 0,
  compute: (input, { top_n }, [out]) => concentrationByRow(input, 'gamma', top_n, out!),
})
