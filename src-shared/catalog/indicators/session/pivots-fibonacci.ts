import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { fillPivots, pivotNames } from './pivot-levels.ts'

export const pivotsFibonacci = defineIndicator({
  id: 'pivots_fibonacci',
  title: 'Fibonacci pivots',
  doc: 'Previous session’s pivot with levels 38.2, 61.8 and 100 percent of its range above and below.',
  category: 'session',
  subcategory: 'pivots',
  source: 'Person, A Complete Guide to Technical Trading Tactics (2004); Fibonacci ratios of the range',
  params: Type.Object({}),
  inputs: () => ['daily'],
  lag: () => 1,
  outputs: () => pivotNames('fibonacci', ['p', 'r1', 'r2', 'r3', 's1', 's2', 's3']),
  warmup: () => 1,
  warmupUnit: 'sessions',
  compute: ({ daily }, _params, outs) =>
    fillPivots(daily, outs, (high, low, close) => {
      const pivot = (high + low + close) / 3
      const range = high - low
      return [
        pivot,
        pivot + 0.382 * range,
        pivot + 0.618 * range,
        pivot + range,
        pivot - 0.382 * range,
        pivot - 0.618 * range,
        pivot - range,
      ]
    }),
})
