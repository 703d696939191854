import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { monthAtmIv } from './implied-volatility.ts'
import { measureRows } from './measure-snapshots.ts'
import { ownSnapshots } from './row-snapshots.ts'

export const iv30 = defineIndicator({
  id: 'iv30',
  title: '30-day volatility',
  doc: 'At-the-money volatility of the listed expiry nearest to 30 calendar days, as a fraction per year.',
  category: 'options',
  subcategory: 'volatility',
  source: 'Mean call and put IV at the strike nearest the spot; expiry within 15 days of 30, else empty',
  params: Type.Object({ underlying: underlyingParam() }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: () => ['iv30'],
  warmup: () => 0,
  compute: (input, _params, [out]) => measureRows(input.chain!, ownSnapshots(input), monthAtmIv, out!),
})
