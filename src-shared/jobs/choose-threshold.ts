import type { Threshold } from '#shared/decision/position.ts'
import { defineJob } from './define.ts'
import type { EvaluateInput, StrategyConfig } from './evaluate-types.ts'

export interface ChooseThresholdInput extends Omit<EvaluateInput, 'folds' | 'configs'> {
  config: StrategyConfig
  /** Training rows with a cross-fitted prediction, and those predictions, row-major n × classes. */
  innerRows: Int32Array
  innerProba: Float64Array
}

/**
 * The threshold or cutoff, and those of hours, that a fold would choose had it trained on all rows and nothing been left to test; null
 * where no training row could have been traded.
 */
export const chooseThresholdJob = defineJob<ChooseThresholdInput, Threshold | null>(
  'choose-threshold',
  'Choose the threshold of an artifact',
)
