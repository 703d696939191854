import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { peakByRow } from './peak-by-row.ts'

export const oiPeakStrike = defineIndicator({
  id: 'oi_peak_strike',
  title: 'Strike with most open interest',
  doc: 'Strike of the nearest expiry at which most contracts are held, in price units.',
  category: 'options',
  subcategory: 'open_interest',
  source: 'argmax over strikes of call + put open interest, nearest open expiry; the lower of equals',
  params: Type.Object({ underlying: underlyingParam() }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: () => ['oi_peak_strike'],
  warmup: () => 0,
  compute: (input, _params, [out]) => peakByRow(input, 'openInterest', 'near', out!),
})
