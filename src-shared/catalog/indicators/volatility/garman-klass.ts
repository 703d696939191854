import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const garmanKlass = defineIndicator({
  id: 'garman_klass',
  title: 'Garman–Klass volatility',
  doc: 'Volatility from open, high, low and close, as a fraction per bar; assumes no drift and no gaps.',
  category: 'volatility',
  subcategory: 'estimator',
  source: 'Garman & Klass, On the Estimation of Security Price Volatilities from Historical Data (1980)',
  params: Type.Object({ window: barsParam(20) }),
  inputs: () => ['open', 'high', 'low', 'close'],
  outputs: ({ window }) => [`garman_klass_${window}`],
  warmup: ({ window }) => window - 1,
  compute: ({ open, high, low, close, rows }, { window }, [out]) => {
    const term = new Float64Array(rows)
    for (let i = 0; i < rows; i++) {
      const range = Math.log(high[i]! / low[i]!)
      const body = Math.log(close[i]! / open[i]!)
      term[i] = 0.5 * range * range - (2 * Math.LN2 - 1) * body * body
    }
    rollingMean(term, window, out!)
    for (let i = 0; i < rows; i++) out![i] = Math.sqrt(Math.max(0, out![i]!))
  },
})
