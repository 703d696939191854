import type { StrategyConfig, ThresholdResult } from '#shared/jobs/evaluate-types.ts'
import { prepareEvaluation } from '#workers/backtest/prepare-evaluation.ts'
import { reportThresholds } from '#workers/backtest/report-thresholds.ts'
import { sweepThresholds } from '#workers/backtest/sweep-thresholds.ts'
import { serveSide } from '../harness/serve-side.ts'
import { readScores } from './write-scores.ts'

const config: Omit<StrategyConfig, 'values'> = {
  ...{ kind: 'thr', reportEach: true, perHourThresholds: false, selectBy: 'sharpe' },
  ...{ sizeByConf: false, confCap: 1, momentumGate: false, momentumMin: 0 },
}

await serveSide((folder, { way, count }) => {
  const evaluation = prepareEvaluation(readScores(folder))
  const values = Array.from({ length: Number(count) }, (_, i) => 0.5 + (0.2 * i) / Number(count))
  let last: ThresholdResult[] = []
  return {
    version: `Sigma Lab, ${way}`,
    round: () => ({
      run: () => {
        last =
          way === 'nested'
            ? sweepThresholds(evaluation, { ...config, values }, values)
            : values.flatMap((thr) => reportThresholds(evaluation, { ...config, values: [thr] }))
      },
      output: () =>
        Float64Array.from(
          last.flatMap(({ cum_ret, sharpe, trades, win_rate, max_dd }) =>
            [cum_ret, sharpe, trades, win_rate, max_dd].map((value) => value ?? Number.NaN),
          ),
        ),
    }),
  }
})
