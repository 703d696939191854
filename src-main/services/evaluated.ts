import type { CapacityFigures } from '#shared/catalog/gates/define.ts'
import type { BracketParity } from '#shared/contract/brackets.ts'
import type { EvaluateResult } from '#shared/jobs/evaluate-types.ts'
import type { KeptScores } from './kept-scores.ts'
import type { GridPoint } from './run-plan.ts'

/** A grid point with what came out of it. */
export interface Evaluated {
  point: GridPoint
  configKey: string
  result: EvaluateResult
  parity: BracketParity | null
  capacity: CapacityFigures
  /** Out-of-fold scores of the point's hours; null where no row was tested. */
  scores: KeptScores | null
}
