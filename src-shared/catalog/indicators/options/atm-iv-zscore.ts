import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { scoreIvHistory } from './iv-history.ts'
import { sessionsParam } from './params.ts'

const minimum = 5

export const atmIvZscore = defineIndicator({
  id: 'atm_iv_zscore',
  title: 'ATM volatility z-score',
  doc: 'How many deviations 30-day at-the-money volatility lies from its mean of the last sessions, the present one included.',
  category: 'options',
  subcategory: 'volatility',
  source:
    '(IV − mean) / sample deviation of closing 30-day ATM IVs of earlier sessions and the present one; at least 5 values',
  params: Type.Object({ underlying: underlyingParam(), window_days: sessionsParam(20, minimum) }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: ({ window_days }) => [`atm_iv_zscore_${window_days}`],
  warmup: () => minimum - 1,
  warmupUnit: 'sessions',
  compute: (input, { window_days }, [out]) =>
    scoreIvHistory(input, window_days, minimum, standardScore, out!),
})

function standardScore(values: Float64Array, count: number): number {
  // Deviations from the newest value are exactly 0 where nothing moves.
  const newest = values[count - 1]!
  let sum = 0
  for (let k = 0; k < count; k++) sum += values[k]! - newest
  const mean = sum / count
  let squares = 0
  for (let k = 0; k < count; k++) squares += (values[k]! - newest - mean) ** 2
  return squares > 0 ? -mean / Math.sqrt(squares / (count - 1)) : Number.NaN
}
