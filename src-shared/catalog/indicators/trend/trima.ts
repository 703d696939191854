import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const trima = defineIndicator({
  id: 'trima',
  title: 'Triangular moving average',
  doc: 'Average of an average: the middle of the window weighs most.',
  category: 'trend',
  subcategory: 'moving_average',
  source: 'Murphy, Technical Analysis of the Financial Markets (1999); window split as TA-Lib',
  params: Type.Object({ column: columnParam(), window: barsParam(20) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`trima_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window }, [out]) => {
    const once = new Float64Array(input.rows)
    rollingMean(input[column], Math.ceil(window / 2), once)
    rollingMean(once, Math.floor(window / 2) + 1, out!)
  },
})
