import type { StrategyConfig, ThresholdResult } from '#shared/jobs/evaluate-types.ts'
import { drawdownOf } from '#shared/kernels/performance.ts'
import { combinePositions } from './combine-positions.ts'
import type { Fills } from './fills.ts'
import { netReturn } from './list-trades.ts'
import type { Evaluation } from './prepare-evaluation.ts'
import { simulate } from './simulate.ts'
import { annualSharpe, barSharpe, known } from './summarise.ts'
import { sweepThresholds } from './sweep-thresholds.ts'

/** So many are faster as one falling threshold than one by one. */
const manyThresholds = 16

/** Each threshold held through all test parts. Picking among these rows is a choice on test data; who shows them says so. */
export function reportThresholds(evaluation: Evaluation, config: StrategyConfig): ThresholdResult[] {
  const { window, timeline, fills, testedRows, tranche, costRate, scratch, folds, input } = evaluation
  if (window === null || config.kind !== 'thr') return []
  if (config.values.length >= manyThresholds) return sweepThresholds(evaluation, config, config.values)
  return config.values.map((thr) => {
    const fixed = folds.map(() => ({ threshold: thr, thresholdByHour: null }))
    const position = combinePositions(evaluation, config, fixed)
    const run = simulate(timeline, fills, testedRows, position, tranche, costRate, window, scratch)
    return {
      thr,
      cum_ret: run.equity - 1,
      sharpe_hourly: barSharpe(run, scratch, input.barsPerSession),
      sharpe: annualSharpe(run, scratch),
      trades: run.trades,
      win_rate: known(countWins(fills, testedRows, position, costRate) / run.trades),
      max_dd: known(drawdownOf(scratch.dayReturn.subarray(0, run.days)).depth),
    }
  })
}

/** Trades that gain: no list of them is made for a count. */
function countWins(fills: Fills, rows: Int32Array, position: Float64Array, costRate: number): number {
  let wins = 0
  for (let k = 0; k < rows.length; k++) {
    const i = rows[k]!
    if (position[i] !== 0 && fills.first[i]! >= 0 && netReturn(position[i]!, fills.ret[i]!, costRate) > 0)
      wins++
  }
  return wins
}
