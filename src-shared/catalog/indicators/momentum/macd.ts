import { Type } from 'typebox'
import { emaSpread, signalAndHistogram } from '#shared/kernels/ema-spread.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const macd = defineIndicator({
  id: 'macd',
  title: 'Moving average convergence divergence',
  doc: 'Gap between a fast and a slow average, its own average, and the difference of the two.',
  category: 'momentum',
  subcategory: 'macd',
  source: 'Appel, Technical Analysis: Power Tools for Active Investors (2005); seeding as TA-Lib',
  params: Type.Object({
    column: columnParam(),
    fast: barsParam(12),
    slow: barsParam(26),
    signal: barsParam(9),
    seed: seedParam(),
  }),
  paramAliases: { fast_period: 'fast', slow_period: 'slow', signal_period: 'signal' },
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => {
    const stem = `macd_${params.fast}_${params.slow}_${params.signal}${nameSuffix(params)}`
    return [`${stem}_line`, `${stem}_signal`, `${stem}_hist`]
  },
  warmup: ({ fast, slow, signal }) => {
    const line = Math.max(fast, slow) - 1
    return [line, line + signal - 1, line + signal - 1]
  },
  compute: (input, { column, fast, slow, signal, seed }, [line, signalLine, histogram]) => {
    const slowAverage = histogram!
    emaSpread(input[column], fast, slow, seed, line!, slowAverage)
    for (let i = 0; i < input.rows; i++) line![i] = line![i]! - slowAverage[i]!
    signalAndHistogram(line!, signal, seed, signalLine!, histogram!)
  },
})
