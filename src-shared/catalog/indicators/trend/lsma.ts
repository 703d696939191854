import { Type } from 'typebox'
import { rollingRegression } from '#shared/kernels/rolling-regression.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const lsma = defineIndicator({
  id: 'lsma',
  title: 'Least squares moving average',
  doc: 'Where the straight line fitted to the last bars stands at the newest one.',
  category: 'trend',
  subcategory: 'regression',
  source: 'Least squares line against time, value at its end (TA-Lib LINEARREG)',
  params: Type.Object({ column: columnParam(), window: barsParam(25, 2) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`lsma_${params.window}${nameSuffix(params)}`],
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window }, [out]) => {
    const unused = new Float64Array(input.rows)
    rollingRegression(input[column], window, unused, out!, unused)
  },
})
