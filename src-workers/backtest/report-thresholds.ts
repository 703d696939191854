import type { StrategyConfig, ThresholdResult } from '#shared/jobs/evaluate-types.ts'
import { drawdownOf, tradeFigures } from '#shared/kernels/performance.ts'
import { combinePositions } from './combine-positions.ts'
import { listTrades } from './list-trades.ts'
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
    const { position, foldOf } = combinePositions(evaluation, config, fixed)
    const { ret } = listTrades(fills, testedRows, position, costRate, foldOf)
    const run = simulate(timeline, fills, testedRows, position, tranche, costRate, window, scratch)
    return {
      thr,
      cum_ret: run.equity - 1,
      sharpe_hourly: barSharpe(run, scratch, input.barsPerSession),
      sharpe: annualSharpe(run, scratch),
      trades: run.trades,
      win_rate: known(tradeFigures(ret).winRate),
      max_dd: known(drawdownOf(scratch.dayReturn.subarray(0, run.days)).depth),
    }
  })
}
