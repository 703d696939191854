import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { columnParam, nameSuffix, underlyingParam } from '../params.ts'
import { peakByRow } from './peak-by-row.ts'

export const distToOiPeak = defineIndicator({
  id: 'dist_to_oi_peak',
  title: 'Distance to the open-interest peak',
  doc: 'Price less the strike at which most contracts are held, in price units.',
  category: 'options',
  subcategory: 'open_interest',
  source: 'spot_col − oi_peak_strike',
  params: Type.Object({ underlying: underlyingParam(), spot_col: columnParam() }),
  needs: ['chain'],
  sparse: true,
  inputs: ({ spot_col }) => [spot_col, 'time', 'chain'],
  outputs: ({ spot_col }) => [`dist_to_oi_peak${nameSuffix({ column: spot_col })}`],
  warmup: () => 0,
  compute: (input, { spot_col }, [out]) => {
    peakByRow(input, 'openInterest', 'near', out!)
    for (let i = 0; i < input.rows; i++) out![i] = input[spot_col][i]! - out![i]!
  },
})
