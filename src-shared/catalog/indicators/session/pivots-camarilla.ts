import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { fillPivots, pivotNames } from './pivot-levels.ts'

export const pivotsCamarilla = defineIndicator({
  id: 'pivots_camarilla',
  title: 'Camarilla pivots',
  doc: 'Four levels on either side of the previous close, at fixed parts of the previous session’s range.',
  category: 'session',
  subcategory: 'pivots',
  source: 'Stott, Camarilla Equation (1989): close ± 1.1 · range / 12, 6, 4, 2',
  params: Type.Object({}),
  inputs: () => ['daily'],
  lag: () => 1,
  outputs: () => pivotNames('camarilla', ['r1', 'r2', 'r3', 'r4', 's1', 's2', 's3', 's4']),
  warmup: () => 1,
  warmupUnit: 'sessions',
  compute: ({ daily }, _params, outs) =>
    fillPivots(daily, outs, (high, low, close) => {
      const part = (1.1 * (high - low)) / 12
      return [
        close + part,
        close + 2 * part,
        close + 3 * part,
        close + 6 * part,
        close - part,
        close - 2 * part,
        close - 3 * part,
        close - 6 * part,
      ]
    }),
})
