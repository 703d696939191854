import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'

export const pcrEod = defineIndicator({
  id: 'pcr_eod',
  title: 'Put/call ratio of the previous session',
  doc: 'Put contracts per call contract over the whole session before; empty where no call traded in it.',
  category: 'flow',
  subcategory: 'ratios',
  source: 'Total put volume / total call volume of the previous session',
  params: Type.Object({}),
  needs: ['flow'],
  sparse: true,
  inputs: () => ['time', 'flow'],
  lag: () => 1,
  outputs: () => ['pcr_eod'],
  warmup: () => 1,
  warmupUnit: 'sessions',
  compute: ({ flow, session, rows }, _params, [out]) => {
    const { callsSold, putsSold } = flow!
    let previous = Number.NaN
    let calls = 0
    let puts = 0
    for (let i = 0; i < rows; i++) {
      if (i > 0 && session[i] !== session[i - 1]) {
        previous = calls > 0 ? puts / calls : Number.NaN
        calls = 0
        puts = 0
      }
      if (!Number.isNaN(callsSold[i]!)) calls += callsSold[i]!
      if (!Number.isNaN(putsSold[i]!)) puts += putsSold[i]!
      out![i] = previous
    }
  },
})
