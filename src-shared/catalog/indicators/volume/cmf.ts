import { Type } from 'typebox'
import { moneyFlowMultiplier } from '#shared/kernels/accumulation.ts'
import { rollingSum } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const cmf = defineIndicator({
  id: 'cmf',
  title: 'Chaikin money flow',
  doc: 'Share of volume that closed towards the highs less towards the lows, −1 to 1.',
  category: 'volume',
  subcategory: 'money_flow',
  source: 'Chaikin, Chaikin Money Flow; Achelis, Technical Analysis from A to Z (2000)',
  params: Type.Object({ period: barsParam(20) }),
  inputs: () => ['high', 'low', 'close', 'volume'],
  outputs: ({ period }) => [`cmf_${period}`],
  warmup: ({ period }) => period - 1,
  compute: ({ high, low, close, volume, rows }, { period }, [out]) => {
    const flow = new Float64Array(rows)
    const traded = new Float64Array(rows)
    moneyFlowMultiplier(high, low, close, flow)
    for (let i = 0; i < rows; i++) flow[i] = flow[i]! * volume[i]!
    rollingSum(flow, period, out!)
    rollingSum(volume, period, traded)
    for (let i = 0; i < rows; i++) out![i] = traded[i] === 0 ? 0 : out![i]! / traded[i]!
  },
})
