import { defineJob } from './define.ts'
import type { EvaluateInput, EvaluateResult } from './evaluate-types.ts'

/** One result per configuration, in the order of `configs`. */
export const evaluateConfigsJob = defineJob<EvaluateInput, EvaluateResult[]>(
  'evaluate-configs',
  'Evaluate configurations on out-of-fold scores',
)
