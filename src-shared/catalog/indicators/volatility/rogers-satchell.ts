import { Type } from 'typebox'
import { rogersSatchellTerm } from '#shared/kernels/rogers-satchell-term.ts'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const rogersSatchell = defineIndicator({
  id: 'rogers_satchell',
  title: 'Rogers–Satchell volatility',
  doc: 'Volatility from open, high, low and close, as a fraction per bar; right under a trend, blind to gaps.',
  category: 'volatility',
  subcategory: 'estimator',
  source: 'Rogers & Satchell, Estimating Variance from High, Low and Closing Prices (1991)',
  params: Type.Object({ window: barsParam(20) }),
  inputs: () => ['open', 'high', 'low', 'close'],
  outputs: ({ window }) => [`rogers_satchell_${window}`],
  warmup: ({ window }) => window - 1,
  compute: (input, { window }, [out]) => {
    const term = new Float64Array(input.rows)
    rogersSatchellTerm(input, term)
    rollingMean(term, window, out!)
    for (let i = 0; i < input.rows; i++) out![i] = Math.sqrt(Math.max(0, out![i]!))
  },
})
