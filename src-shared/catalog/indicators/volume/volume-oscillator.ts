import { Type } from 'typebox'
import { emaSpread } from '#shared/kernels/ema-spread.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, nameSuffix, seedParam } from '../params.ts'

export const volumeOscillator = defineIndicator({
  id: 'volume_oscillator',
  title: 'Volume oscillator',
  doc: 'Percent by which the fast average of volume stands above the slow one.',
  category: 'volume',
  subcategory: 'price_volume',
  source: 'Achelis, Technical Analysis from A to Z (2000), exponential averages',
  params: Type.Object({ fast: barsParam(5), slow: barsParam(10), seed: seedParam() }),
  paramAliases: { fast_period: 'fast', slow_period: 'slow' },
  recursive: true,
  outputs: (params) => [`volume_osc_${params.fast}_${params.slow}${nameSuffix(params)}`],
  warmup: ({ fast, slow }) => Math.max(fast, slow) - 1,
  compute: ({ volume, rows }, { fast, slow, seed }, [out]) => {
    const slowAverage = new Float64Array(rows)
    emaSpread(volume, fast, slow, seed, out!, slowAverage)
    for (let i = 0; i < rows; i++) {
      const base = slowAverage[i]!
      out![i] = base === 0 ? 0 : (100 * (out![i]! - base)) / base
    }
  },
})
