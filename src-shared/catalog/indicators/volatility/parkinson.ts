import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const parkinson = defineIndicator({
  id: 'parkinson',
  title: 'Parkinson volatility',
  doc: 'Volatility from highs and lows, as a fraction per bar; sharper than close to close, blind to gaps.',
  category: 'volatility',
  subcategory: 'estimator',
  source: 'Parkinson, The Extreme Value Method for Estimating the Variance of the Rate of Return (1980)',
  params: Type.Object({ window: barsParam(20) }),
  inputs: () => ['high', 'low'],
  outputs: ({ window }) => [`parkinson_${window}`],
  warmup: ({ window }) => window - 1,
  compute: ({ high, low, rows }, { window }, [out]) => {
    const term = new Float64Array(rows)
    for (let i = 0; i < rows; i++) term[i] = Math.log(high[i]! / low[i]!) ** 2 / (4 * Math.LN2)
    rollingMean(term, window, out!)
    for (let i = 0; i < rows; i++) out![i] = Math.sqrt(Math.max(0, out![i]!))
  },
})
