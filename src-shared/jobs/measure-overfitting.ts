import type { OverfittingReport } from '../kernels/overfitting.ts'
import { defineJob } from './define.ts'

export interface MeasureOverfittingInput {
  /** Daily returns, one equally long series per configuration. */
  returns: readonly Float64Array[]
  blocks: number
}

/** How often the best configuration of half of the time disappoints in the other half. */
export const measureOverfittingJob = defineJob<MeasureOverfittingInput, OverfittingReport>(
  'measure-overfitting',
  'Measure the overfitting of a sweep',
)
