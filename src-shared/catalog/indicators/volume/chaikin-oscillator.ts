import { Type } from 'typebox'
import { accumulation } from '#shared/kernels/accumulation.ts'
import { emaSpread } from '#shared/kernels/ema-spread.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, nameSuffix, seedParam } from '../params.ts'

export const chaikinOscillator = defineIndicator({
  id: 'chaikin_oscillator',
  title: 'Chaikin oscillator',
  doc: 'Fast less slow average of the accumulation/distribution line: momentum of money flow.',
  category: 'volume',
  subcategory: 'money_flow',
  source:
    'Chaikin; Achelis, Technical Analysis from A to Z (2000); averages start from the first value as TA-Lib',
  params: Type.Object({ fast: barsParam(3), slow: barsParam(10), seed: seedParam('first') }),
  paramAliases: { fast_period: 'fast', slow_period: 'slow' },
  recursive: true,
  inputs: () => ['high', 'low', 'close', 'volume'],
  outputs: (params) => [`chaikin_osc_${params.fast}_${params.slow}${nameSuffix(params, 'first')}`],
  warmup: ({ fast, slow }) => Math.max(fast, slow) - 1,
  compute: ({ high, low, close, volume, rows }, { fast, slow, seed }, [out]) => {
    const line = new Float64Array(rows)
    const slowAverage = new Float64Array(rows)
    accumulation(high, low, close, volume, line)
    emaSpread(line, fast, slow, seed, out!, slowAverage)
    for (let i = 0; i < rows; i++) out![i] = out![i]! - slowAverage[i]!
  },
})
