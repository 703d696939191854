import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { trueRange } from '#shared/kernels/true-range.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, factorParam, nameSuffix, seedParam } from '../params.ts'

export const keltner = defineIndicator({
  id: 'keltner',
  title: 'Keltner channel',
  doc: 'Exponential average of closes with a band of so many average ranges on either side.',
  category: 'volatility',
  subcategory: 'band',
  source: 'Keltner, How to Make Money in Commodities (1960); Raschke’s form with true range',
  params: Type.Object({ window: barsParam(20), multiplier: factorParam(2), seed: seedParam() }),
  paramAliases: { mult: 'multiplier' },
  recursive: true,
  inputs: () => ['high', 'low', 'close'],
  outputs: (params) => {
    const stem = `keltner_${params.window}_${params.multiplier}${nameSuffix(params)}`
    return [`${stem}_mid`, `${stem}_upper`, `${stem}_lower`]
  },
  warmup: ({ window }) => [window - 1, window, window],
  compute: ({ high, low, close, rows }, { window, multiplier, seed }, [mid, upper, lower]) => {
    trueRange(high, low, close, lower!)
    rollingMean(lower!, window, upper!)
    ema(close, window, seed, mid!)
    for (let i = 0; i < rows; i++) {
      const reach = multiplier * upper![i]!
      upper![i] = mid![i]! + reach
      lower![i] = mid![i]! - reach
    }
  },
})
