import type { chooseThresholdJob as spec } from '#shared/jobs/choose-threshold.ts'
import type { JobHandler } from '#shared/jobs/define.ts'
import { chooseThreshold as choose } from '#workers/backtest/choose-threshold.ts'
import { prepareEvaluation, prepareTraining } from '#workers/backtest/prepare-evaluation.ts'

/** Chooses on every cross-fitted training row. */
export const chooseThreshold: JobHandler<typeof spec> = ({ config, innerRows, innerProba, ...input }) => {
  const evaluation = prepareEvaluation({ ...input, folds: [], configs: [] })
  const training = prepareTraining(evaluation, innerRows, innerProba)
  return training.innerRows.length === 0 ? null : choose(evaluation, training, config)
}
