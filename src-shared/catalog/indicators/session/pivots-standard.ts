import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { fillPivots, pivotNames } from './pivot-levels.ts'

export const pivotsStandard = defineIndicator({
  id: 'pivots_standard',
  title: 'Pivot points',
  doc: 'Floor traders’ levels from the previous session’s high, low and close: pivot, three resistances, three supports.',
  category: 'session',
  subcategory: 'pivots',
  source: 'Person, A Complete Guide to Technical Trading Tactics (2004)',
  params: Type.Object({}),
  inputs: () => ['daily'],
  lag: () => 1,
  outputs: () => pivotNames('standard', ['p', 'r1', 'r2', 'r3', 's1', 's2', 's3']),
  warmup: () => 1,
  warmupUnit: 'sessions',
  compute: ({ daily }, _params, outs) =>
    fillPivots(daily, outs, (high, low, close) => {
      const pivot = (high + low + close) / 3
      const range = high - low
      return [
        pivot,
        2 * pivot - low,
        pivot + range,
        high + 2 * (pivot - low),
        2 * pivot - high,
        pivot - range,
        low - 2 * (high - pivot),
      ]
    }),
})
