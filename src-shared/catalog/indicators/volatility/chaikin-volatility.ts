import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { relativeChange } from '#shared/kernels/returns.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, nameSuffix, seedParam } from '../params.ts'

export const chaikinVolatility = defineIndicator({
  id: 'chaikin_volatility',
  title: 'Chaikin volatility',
  doc: 'Percent by which the average bar range has widened over the last bars.',
  category: 'volatility',
  subcategory: 'range',
  source: 'Achelis, Technical Analysis from A to Z (2000)',
  params: Type.Object({ period: barsParam(10), roc_period: barsParam(10), seed: seedParam() }),
  recursive: true,
  inputs: () => ['high', 'low'],
  outputs: (params) => [`chaikin_vol_${params.period}_${params.roc_period}${nameSuffix(params)}`],
  warmup: ({ period, roc_period }) => period - 1 + roc_period,
  compute: ({ high, low, rows }, { period, roc_period, seed }, [out]) => {
    const range = new Float64Array(rows)
    const average = new Float64Array(rows)
    for (let i = 0; i < rows; i++) range[i] = high[i]! - low[i]!
    ema(range, period, seed, average)
    relativeChange(average, roc_period, out!)
    for (let i = 0; i < rows; i++) out![i] = Number.isFinite(out![i]!) ? 100 * out![i]! : Number.NaN
  },
})
