import { Type } from 'typebox'
import { gatherKnown } from '#shared/kernels/gather-known.ts'
import { relativeChange } from '#shared/kernels/returns.ts'
import { rsi } from '#shared/kernels/rsi.ts'
import { defineIndicator } from '../define.ts'

/** Past observations that an expanding mean and deviation need before a score is given. */
const fewestObservations = 10
const rsiPeriod = 14

export const momentumScoreTotal = defineIndicator({
  id: 'momentum_score_total',
  title: 'Momentum score',
  doc: 'How unusual the 1- and 3-bar momentum is against all bars before it, plus the daily RSI’s lean; 0 is neutral.',
  category: 'momentum',
  subcategory: 'composite',
  source:
    'w_hourly · mean z-score of close_mom_1 and close_mom_3 (past-only) + w_daily · (daily RSI 14 − 50) / 50',
  params: Type.Object({
    w_hourly: Type.Number({ minimum: 0, maximum: 100, default: 0.7 }),
    w_daily: Type.Number({ minimum: 0, maximum: 100, default: 0.3 }),
  }),
  recursive: true,
  inputs: () => ['close', 'daily'],
  outputs: ({ w_hourly, w_daily }) => {
    const isUsual = w_hourly === 0.7 && w_daily === 0.3
    return [`momentum_score_total${isUsual ? '' : `_${w_hourly}_${w_daily}`}`]
  },
  warmup: () => rsiPeriod + 1,
  warmupUnit: 'sessions',
  compute: ({ close, rows, daily }, { w_hourly, w_daily }, [out]) => {
    const change = new Float64Array(rows)
    const score = new Float64Array(rows)
    const dailyRsi = new Float64Array(daily.length)
    rsi(daily.close, rsiPeriod, 'sma', dailyRsi)
    gatherKnown(dailyRsi, daily.asOf, 0, out!)
    for (let i = 0; i < rows; i++) out![i] = (w_daily * (out![i]! - 50)) / 50
    for (const lag of [1, 3]) {
      relativeChange(close, lag, change)
      scoreAgainstPast(change, score)
      for (let i = 0; i < rows; i++) out![i] = out![i]! + (w_hourly * score[i]!) / 2
    }
  },
})

/** z-score of each value against all values before it, so that no later bar can move it. */
function scoreAgainstPast(x: Float64Array, out: Float64Array): void {
  let count = 0
  let mean = 0
  let squares = 0
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!
    const deviation = value - mean
    if (count < fewestObservations || Number.isNaN(value)) out[i] = Number.NaN
    else out[i] = squares === 0 ? 0 : deviation / Math.sqrt(squares / (count - 1))
    if (Number.isNaN(value)) continue
    count++
    mean += deviation / count
    squares += deviation * (value - mean)
  }
}
