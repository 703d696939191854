import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { medianPrice } from '#shared/kernels/typical-price.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const awesomeOscillator = defineIndicator({
  id: 'awesome_oscillator',
  title: 'Awesome oscillator',
  doc: 'Short less long average of the bar middles, in price units.',
  category: 'momentum',
  subcategory: 'macd',
  source: 'Williams, Trading Chaos (1998)',
  params: Type.Object({ fast: barsParam(5), slow: barsParam(34) }),
  inputs: () => ['high', 'low'],
  outputs: ({ fast, slow }) => [`ao_${fast}_${slow}`],
  warmup: ({ fast, slow }) => Math.max(fast, slow) - 1,
  compute: (input, { fast, slow }, [out]) => {
    const price = new Float64Array(input.rows)
    const long = new Float64Array(input.rows)
    medianPrice(input, price)
    rollingMean(price, fast, out!)
    rollingMean(price, slow, long)
    for (let i = 0; i < input.rows; i++) out![i] = out![i]! - long[i]!
  },
})
