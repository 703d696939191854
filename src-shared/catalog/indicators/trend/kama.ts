import { Type } from 'typebox'
import { difference } from '#shared/kernels/returns.ts'
import { rollingSum } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const kama = defineIndicator({
  id: 'kama',
  title: 'Kaufman adaptive moving average',
  doc: 'Average that speeds up when price moves in one direction and stands still in noise.',
  category: 'trend',
  subcategory: 'adaptive_average',
  source: 'Kaufman, Smarter Trading (1995); starts from the last bar of the first window as TA-Lib',
  params: Type.Object({
    column: columnParam(),
    er_period: barsParam(10),
    fast: barsParam(2),
    slow: barsParam(30),
  }),
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => [`kama_${params.er_period}_${params.fast}_${params.slow}${nameSuffix(params)}`],
  warmup: ({ er_period }) => er_period,
  compute: (input, { column, er_period, fast, slow }, [out]) => {
    const x = input[column]
    const path = new Float64Array(input.rows)
    const steps = new Float64Array(input.rows)
    difference(x, 1, steps)
    for (let i = 0; i < input.rows; i++) steps[i] = Math.abs(steps[i]!)
    rollingSum(steps, er_period, path)
    const slowest = 2 / (slow + 1)
    const span = 2 / (fast + 1) - slowest
    let average = x[er_period - 1] ?? Number.NaN
    out!.fill(Number.NaN, 0, er_period)
    for (let i = er_period; i < input.rows; i++) {
      const efficiency = path[i]! === 0 ? 0 : Math.min(1, Math.abs(x[i]! - x[i - er_period]!) / path[i]!)
      const weight = (efficiency * span + slowest) ** 2
      average += weight * (x[i]! - average)
      out![i] = average
    }
  },
})
