import type { chooseThresholdJob as spec } from '#shared/jobs/choose-threshold.ts'
import type { JobHandler } from '#shared/jobs/define.ts'
import { chooseValue } from '#workers/backtest/choose-threshold.ts'
import { prepareEvaluation, prepareTraining } from '#workers/backtest/prepare-evaluation.ts'

/** Chooses on every cross-fitted training row; NaN where none of them could have been traded. */
export const chooseThreshold: JobHandler<typeof spec> = ({ config, innerRows, innerProba, ...input }) => {
  const evaluation = prepareEvaluation({ ...input, folds: [], configs: [] })
  const training = prepareTraining(evaluation, innerRows, innerProba)
  return training.innerRows.length === 0 ? Number.NaN : chooseValue(evaluation, training, config)
}
