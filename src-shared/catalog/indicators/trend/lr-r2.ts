import { Type } from 'typebox'
import { rollingRegression } from '#shared/kernels/rolling-regression.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const lrR2 = defineIndicator({
  id: 'lr_r2',
  title: 'Trend quality (R²)',
  doc: 'Share of price movement that a straight line explains: 1 a clean trend, 0 none. Empty over a flat window.',
  category: 'trend',
  subcategory: 'regression',
  source: 'Coefficient of determination of price on time; Clenow, Stocks on the Move (2015)',
  params: Type.Object({ column: columnParam(), window: barsParam(126, 3) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`lr_r2_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window }, [out]) => {
    const unused = new Float64Array(input.rows)
    rollingRegression(input[column], window, unused, unused, out!)
  },
})
