import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { putCallRatio } from './put-call-ratio.ts'

export const soldFlowRatio = defineIndicator({
  id: 'sold_flow_ratio',
  title: 'Put/call flow ratio',
  doc: 'Put contracts traded per call contract, averaged over the last rows where a window is given.',
  category: 'flow',
  subcategory: 'ratios',
  source: 'Put volume / call volume, plain mean over the window',
  params: Type.Object({
    window: Type.Union([Type.Integer({ minimum: 1, maximum: 5000 }), Type.Null()], { default: null }),
  }),
  needs: ['flow'],
  sparse: true,
  inputs: () => ['flow'],
  outputs: ({ window }) => [`sold_flow_ratio${window === null ? '' : `_${window}`}`],
  warmup: ({ window }) => (window ?? 1) - 1,
  compute: ({ flow, rows }, { window }, [out]) => {
    const ratio = new Float64Array(rows)
    putCallRatio(flow!, ratio)
    rollingMean(ratio, window ?? 1, out!)
  },
})
