import type { BlockedReturns, OverfittingReport } from '../kernels/overfitting.ts'
import { defineJob } from './define.ts'

export interface MeasureOverfittingInput {
  /** One per configuration, of equally many days cut into the same number of blocks. */
  returns: readonly BlockedReturns[]
}

/** How often the best configuration of half of the time disappoints in the other half. */
export const measureOverfittingJob = defineJob<MeasureOverfittingInput, OverfittingReport>(
  'measure-overfitting',
  'Measure the overfitting of a sweep',
)
