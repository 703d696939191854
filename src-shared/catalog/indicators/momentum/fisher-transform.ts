import { Type } from 'typebox'
import { smooth } from '#shared/kernels/ema.ts'
import { rangePosition } from '#shared/kernels/stochastic.ts'
import { medianPrice } from '#shared/kernels/typical-price.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const fisherTransform = defineIndicator({
  id: 'fisher_transform',
  title: 'Fisher transform',
  doc: 'Position in the recent range, stretched so that extremes stand out as sharp turns.',
  category: 'momentum',
  subcategory: 'oscillator',
  source: 'Ehlers, Using the Fisher Transform, TASC 20:11 (2002), without the final smoothing',
  params: Type.Object({ period: barsParam(9, 2) }),
  recursive: true,
  inputs: () => ['high', 'low'],
  outputs: ({ period }) => [`fisher_${period}`],
  warmup: ({ period }) => period - 1,
  compute: (input, { period }, [out]) => {
    const price = new Float64Array(input.rows)
    const scaled = new Float64Array(input.rows)
    medianPrice(input, price)
    rangePosition(price, price, price, period, scaled)
    for (let i = 0; i < input.rows; i++) scaled[i] = 2 * scaled[i]! - 1
    smooth(scaled, 0.33, 1, 'first', out!)
    for (let i = 0; i < input.rows; i++) {
      const inside = Math.max(-0.999, Math.min(0.999, out![i]!))
      out![i] = 0.5 * Math.log((1 + inside) / (1 - inside))
    }
  },
})
