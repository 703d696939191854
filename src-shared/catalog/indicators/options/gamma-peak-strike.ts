import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { peakByRow } from './peak-by-row.ts'

export const gammaPeakStrike = defineIndicator({
  id: 'gamma_peak_strike',
  title: 'Strike with most gamma',
  doc: 'Strike of the nearest expiry that holds most gamma, in price units.',
  category: 'options',
  subcategory: 'gamma',
  source: 'argmax over strikes of Σ |gamma| · open interest, nearest open expiry; the lower of equals',
  params: Type.Object({ underlying: underlyingParam() }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: () => ['gamma_peak_strike'],
  warmup: () => 0,
  compute: (input, _params, [out]) => peakByRow(input, 'gamma', 'near', out!),
})
