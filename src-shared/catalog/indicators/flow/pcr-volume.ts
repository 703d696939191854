import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { putCallRatio } from './put-call-ratio.ts'

export const pcrVolume = defineIndicator({
  id: 'pcr_volume',
  title: 'Put/call volume ratio',
  doc: 'Put contracts traded per call contract in the row’s hour; empty where no call traded.',
  category: 'flow',
  subcategory: 'ratios',
  source: 'Put volume / call volume; McMillan, Options as a Strategic Investment (2012)',
  params: Type.Object({}),
  needs: ['flow'],
  sparse: true,
  inputs: () => ['flow'],
  outputs: () => ['pcr_volume'],
  warmup: () => 0,
  compute: ({ flow }, _params, [out]) => putCallRatio(flow!, out!),
})
