import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { fillPivots, pivotNames } from './pivot-levels.ts'

export const pivotsWoodie = defineIndicator({
  id: 'pivots_woodie',
  title: 'Woodie pivots',
  doc: 'Previous session’s pivot with the close counted twice, two resistances and two supports.',
  category: 'session',
  subcategory: 'pivots',
  source: 'Woodie’s pivot: (high + low + 2 · close) / 4 of the previous session',
  params: Type.Object({}),
  inputs: () => ['daily'],
  lag: () => 1,
  outputs: () => pivotNames('woodie', ['p', 'r1', 'r2', 's1', 's2']),
  warmup: () => 1,
  warmupUnit: 'sessions',
  compute: ({ daily }, _params, outs) =>
    fillPivots(daily, outs, (high, low, close) => {
      const pivot = (high + low + 2 * close) / 4
      const range = high - low
      return [pivot, 2 * pivot - low, pivot + range, 2 * pivot - high, pivot - range]
    }),
})
