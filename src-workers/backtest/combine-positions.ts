import type { Threshold } from '#shared/decision/position.ts'
import type { StrategyConfig } from '#shared/jobs/evaluate-types.ts'
import type { Evaluation } from './prepare-evaluation.ts'
import { takePositions } from './take-positions.ts'

/** One position per row over all folds: where several folds test a row (combinatorial CV), their mean. */
export function combinePositions(
  { input, folds, testedBy }: Evaluation,
  config: StrategyConfig,
  thresholds: readonly Threshold[],
): { position: Float64Array; foldOf: Int32Array } {
  const position = new Float64Array(input.rows.rows)
  const foldOf = new Int32Array(input.rows.rows).fill(-1)
  const ofFold = new Float64Array(input.rows.rows)
  folds.forEach((fold, k) => {
    takePositions(input.rows, fold.testRows, fold.testP, thresholds[k]!, config, ofFold)
    for (const row of fold.testRows) {
      position[row]! += ofFold[row]! / testedBy[row]!
      if (foldOf[row]! < 0) foldOf[row] = fold.scores.fold
    }
  })
  return { position, foldOf }
}
