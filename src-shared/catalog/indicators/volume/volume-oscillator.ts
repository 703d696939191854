import { Type } from 'typebox'
import { percentSpread } from '#shared/kernels/ema-spread.ts'
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
  version: 2,
  inputs: () => ['volume'],
  outputs: (params) => [`volume_osc_${params.fast}_${params.slow}${nameSuffix(params)}`],
  warmup: ({ fast, slow }) => Math.max(fast, slow) - 1,
  compute: ({ volume }, { fast, slow, seed }, [out]) => percentSpread(volume, fast, slow, seed, out!),
})
