import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const eom = defineIndicator({
  id: 'eom',
  title: 'Ease of movement',
  doc: 'How far price moved for the volume it took, averaged; large when it moves easily.',
  category: 'volume',
  subcategory: 'price_volume',
  source: 'Arms, Volume Cycles in the Stock Market (1983)',
  params: Type.Object({
    period: barsParam(14),
    scale: Type.Number({ exclusiveMinimum: 0, maximum: 1e12, default: 100_000_000 }),
  }),
  inputs: () => ['high', 'low', 'volume'],
  outputs: ({ period, scale }) => [`eom_${period}${scale === 100_000_000 ? '' : `_${scale}`}`],
  warmup: ({ period }) => period,
  compute: ({ high, low, volume, rows }, { period, scale }, [out]) => {
    const ease = new Float64Array(rows)
    ease.fill(Number.NaN, 0, 1)
    for (let i = 1; i < rows; i++) {
      const moved = (high[i]! + low[i]! - high[i - 1]! - low[i - 1]!) / 2
      ease[i] = volume[i] === 0 ? 0 : (scale * moved * (high[i]! - low[i]!)) / volume[i]!
    }
    rollingMean(ease, period, out!)
  },
})
