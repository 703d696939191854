import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { scoreIvHistory } from './iv-history.ts'
import { sessionsParam } from './params.ts'

const minimum = 10

export const ivPercentile52w = defineIndicator({
  id: 'iv_percentile_52w',
  title: 'IV percentile',
  doc: 'Share of the last year’s sessions, the present one included, whose 30-day volatility was no higher than now.',
  category: 'options',
  subcategory: 'volatility',
  source:
    'Share of closing 30-day ATM IVs of earlier sessions and the present one at or below it; at least 10 values',
  params: Type.Object({ underlying: underlyingParam(), window_days: sessionsParam(252, minimum) }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: ({ window_days }) => [`iv_percentile_${window_days}`],
  warmup: () => minimum - 1,
  warmupUnit: 'sessions',
  compute: (input, { window_days }, [out]) =>
    scoreIvHistory(input, window_days, minimum, shareNotAbove, out!),
})

function shareNotAbove(values: Float64Array, count: number): number {
  let notAbove = 0
  for (let k = 0; k < count; k++) if (values[k]! <= values[count - 1]!) notAbove++
  return notAbove / count
}
