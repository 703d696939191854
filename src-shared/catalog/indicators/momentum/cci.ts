import { Type } from 'typebox'
import { typicalPrice } from '#shared/kernels/typical-price.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const cci = defineIndicator({
  id: 'cci',
  title: 'Commodity channel index',
  doc: 'Distance of the typical price from its average, in units of its usual distance; 0 over a flat window.',
  category: 'momentum',
  subcategory: 'oscillator',
  source: 'Lambert, Commodity Channel Index, Commodities 9:10 (1980)',
  params: Type.Object({ period: barsParam(20, 2) }),
  inputs: () => ['high', 'low', 'close'],
  outputs: ({ period }) => [`cci_${period}`],
  warmup: ({ period }) => period - 1,
  compute: (input, { period }, [out]) => {
    const price = new Float64Array(input.rows)
    typicalPrice(input, price)
    out!.fill(Number.NaN, 0, period - 1)
    for (let i = period - 1; i < input.rows; i++) {
      let sum = 0
      for (let k = i - period + 1; k <= i; k++) sum += price[k]!
      const mean = sum / period
      let deviation = 0
      for (let k = i - period + 1; k <= i; k++) deviation += Math.abs(price[k]! - mean)
      // Equal prices may leave a rounding residue in both terms, whose ratio would mean nothing.
      const isFlat = deviation <= 1e-12 * Math.abs(sum)
      out![i] = isFlat ? 0 : ((price[i]! - mean) * period) / (0.015 * deviation)
    }
  },
})
