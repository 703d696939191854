import type { Threshold } from '#shared/decision/position.ts'
import type { StrategyConfig } from '#shared/jobs/evaluate-types.ts'
import type { Evaluation } from './prepare-evaluation.ts'
import { takePositions } from './take-positions.ts'

/** One position per row over all folds: where several folds test a row (combinatorial CV), their mean. */
export function combinePositions(
  { input, folds, testedBy, scratch }: Evaluation,
  config: StrategyConfig,
  thresholds: readonly Threshold[],
): Float64Array {
  const position = new Float64Array(input.rows.rows)
  const ofFold = scratch.position
  for (const [k, { testRows, testP }] of folds.entries()) {
    takePositions(input.rows, testRows, testP, thresholds[k]!, config, ofFold)
    for (let j = 0; j < testRows.length; j++) {
      const row = testRows[j]!
      position[row] = position[row]! + ofFold[row]! / testedBy[row]!
    }
  }
  return position
}
