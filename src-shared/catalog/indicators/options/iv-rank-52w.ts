import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { scoreIvHistory } from './iv-history.ts'
import { sessionsParam } from './params.ts'

const minimum = 10

export const ivRank52w = defineIndicator({
  id: 'iv_rank_52w',
  title: 'IV rank',
  doc: 'Where 30-day volatility lies between its low and its high of the last year: 0 lowest, 1 highest.',
  category: 'options',
  subcategory: 'volatility',
  source:
    '(IV − min) / (max − min) over closing 30-day ATM IVs of earlier sessions and the present one; at least 10 values',
  params: Type.Object({ underlying: underlyingParam(), window_days: sessionsParam(252, minimum) }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: ({ window_days }) => [`iv_rank_${window_days}`],
  warmup: () => minimum - 1,
  warmupUnit: 'sessions',
  compute: (input, { window_days }, [out]) => scoreIvHistory(input, window_days, minimum, rankInRange, out!),
})

function rankInRange(values: Float64Array, count: number): number {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let k = 0; k < count; k++) {
    low = Math.min(low, values[k]!)
    high = Math.max(high, values[k]!)
  }
  return high > low ? (values[count - 1]! - low) / (high - low) : Number.NaN
}
