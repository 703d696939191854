import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const qstick = defineIndicator({
  id: 'qstick',
  title: 'Qstick',
  doc: 'Average of close less open: above 0 bars have tended to rise within themselves.',
  category: 'momentum',
  subcategory: 'candle',
  source: 'Chande & Kroll, The New Technical Trader (1994)',
  params: Type.Object({ period: barsParam(10) }),
  inputs: () => ['open', 'close'],
  outputs: ({ period }) => [`qstick_${period}`],
  warmup: ({ period }) => period - 1,
  compute: ({ open, close, rows }, { period }, [out]) => {
    const body = new Float64Array(rows)
    for (let i = 0; i < rows; i++) body[i] = close[i]! - open[i]!
    rollingMean(body, period, out!)
  },
})
