import { defineJob } from './define.ts'
import type { Explanation, MarginUnit } from './explain-types.ts'

export interface ExplainRowsInput {
  explanation: Explanation
  /** Features as the matrix has them, unscaled, in the order of `explanation.features`. */
  columns: Float64Array[]
}

export interface ExplainRowsResult {
  unit: MarginUnit
  /** 1 for two classes (margin of class 1), else one per class. */
  outputs: number
  /** Margin of the average training row, per output. */
  base: Float64Array
  /** rows × outputs × features; base and contributions of a row add up to its margin. */
  contributions: Float64Array
  /** rows × outputs. */
  margin: Float64Array
  /** rows × classes, before and after calibration. */
  rawProba: Float64Array
  proba: Float64Array
}

/** What each feature gives to the score of each row. */
export const explainRowsJob = defineJob<ExplainRowsInput, ExplainRowsResult>('explain-rows', 'Explain rows')
