import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { peakByRow } from './peak-by-row.ts'

export const gammaDensityPeakStrike = defineIndicator({
  id: 'gamma_density_peak_strike',
  title: 'Strike with most gamma of all expiries',
  doc: 'Strike that holds most gamma over all expiries, in price units.',
  category: 'options',
  subcategory: 'gamma',
  source: 'argmax over strikes of Σ |gamma| · open interest, all open expiries; the lower of equals',
  params: Type.Object({ underlying: underlyingParam() }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: () => ['gamma_density_peak_strike'],
  warmup: () => 0,
  compute: (input, _params, [out]) => peakByRow(input, 'gamma', 'all', out!),
})
