import { Type } from 'typebox'
import { percentSpread, signalAndHistogram } from '#shared/kernels/ema-spread.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const ppo = defineIndicator({
  id: 'ppo',
  title: 'Percentage price oscillator',
  doc: 'MACD in percent of the slow average, so that it compares across prices.',
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
  version: 2,
  inputs: ({ column }) => [column],
  outputs: (params) => {
    const stem = `ppo_${params.fast}_${params.slow}_${params.signal}${nameSuffix(params)}`
    return [`${stem}_line`, `${stem}_signal`, `${stem}_hist`]
  },
  warmup: ({ fast, slow, signal }) => {
    const line = Math.max(fast, slow) - 1
    return [line, line + signal - 1, line + signal - 1]
  },
  compute: (input, { column, fast, slow, signal, seed }, [line, signalLine, histogram]) => {
    percentSpread(input[column], fast, slow, seed, line!)
    signalAndHistogram(line!, signal, seed, signalLine!, histogram!)
  },
})
