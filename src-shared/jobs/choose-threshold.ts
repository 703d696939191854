import { defineJob } from './define.ts'
import type { EvaluateInput, StrategyConfig } from './evaluate-types.ts'

export interface ChooseThresholdInput extends Omit<EvaluateInput, 'folds' | 'configs'> {
  config: StrategyConfig
  /** Training rows with a cross-fitted prediction, and those predictions, row-major n × classes. */
  innerRows: Int32Array
  innerProba: Float64Array
}

/** The threshold or cutoff that a fold would choose, had it trained on all rows and nothing been left to test. */
export const chooseThresholdJob = defineJob<ChooseThresholdInput, number>(
  'choose-threshold',
  'Choose the threshold of an artifact',
)
