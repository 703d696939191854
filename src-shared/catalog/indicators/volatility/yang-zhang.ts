import { Type } from 'typebox'
import { rogersSatchellTerm } from '#shared/kernels/rogers-satchell-term.ts'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { rollingVariance } from '#shared/kernels/rolling-std.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const yangZhang = defineIndicator({
  id: 'yang_zhang',
  title: 'Yang–Zhang volatility',
  doc: 'Volatility from open, high, low and close with the gap between bars, as a fraction per bar.',
  category: 'volatility',
  subcategory: 'estimator',
  source: 'Yang & Zhang, Drift-Independent Volatility Estimation (2000)',
  params: Type.Object({ window: barsParam(20, 2) }),
  inputs: () => ['open', 'high', 'low', 'close'],
  outputs: ({ window }) => [`yang_zhang_${window}`],
  warmup: ({ window }) => window,
  compute: (input, { window }, [out]) => {
    const { open, close, rows } = input
    const term = new Float64Array(rows)
    const gap = new Float64Array(rows)
    const body = new Float64Array(rows)
    const share = 0.34 / (1.34 + (window + 1) / (window - 1))
    term.fill(Number.NaN, 0, 1)
    for (let i = 1; i < rows; i++) term[i] = Math.log(open[i]! / close[i - 1]!)
    rollingVariance(term, window, 1, gap)
    for (let i = 0; i < rows; i++) term[i] = Math.log(close[i]! / open[i]!)
    rollingVariance(term, window, 1, body)
    rogersSatchellTerm(input, term)
    rollingMean(term, window, out!)
    for (let i = 0; i < rows; i++) {
      out![i] = Math.sqrt(Math.max(0, gap[i]! + share * body[i]! + (1 - share) * out![i]!))
    }
  },
})
