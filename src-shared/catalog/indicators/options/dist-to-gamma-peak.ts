import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { columnParam, nameSuffix, underlyingParam } from '../params.ts'
import { peakByRow } from './peak-by-row.ts'

export const distToGammaPeak = defineIndicator({
  id: 'dist_to_gamma_peak',
  title: 'Distance to the gamma peak',
  doc: 'Price less the strike that holds most gamma, in price units.',
  category: 'options',
  subcategory: 'gamma',
  source: 'spot_col − gamma_peak_strike',
  params: Type.Object({ underlying: underlyingParam(), spot_col: columnParam() }),
  needs: ['chain'],
  sparse: true,
  inputs: ({ spot_col }) => [spot_col, 'time', 'chain'],
  outputs: ({ spot_col }) => [`dist_to_gamma_peak${nameSuffix({ column: spot_col })}`],
  warmup: () => 0,
  compute: (input, { spot_col }, [out]) => {
    peakByRow(input, 'gamma', 'near', out!)
    for (let i = 0; i < input.rows; i++) out![i] = input[spot_col][i]! - out![i]!
  },
})
