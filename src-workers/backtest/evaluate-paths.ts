import type { Threshold } from '#shared/decision/position.ts'
import type { EvaluatedPaths, StrategyConfig } from '#shared/jobs/evaluate-types.ts'
import { momentsOf } from '#shared/kernels/statistics.ts'
import { compound } from './compound.ts'
import type { Evaluation } from './prepare-evaluation.ts'
import { simulate } from './simulate.ts'
import { annualSharpe, known } from './summarise.ts'
import { takePositions } from './take-positions.ts'

/**
 * Runs each path of a combinatorial cross-validation by itself: φ = k/N · C(N, k) of them where no split was skipped, else as
 * many as every row still has splits for. null where rows are tested once.
 */
export function evaluatePaths(
  evaluation: Evaluation,
  config: StrategyConfig,
  thresholds: readonly Threshold[],
): EvaluatedPaths | null {
  const { input, folds, testedRows, testedBy, window, timeline, fills, tranche, costRate, scratch } =
    evaluation
  let paths = Number.POSITIVE_INFINITY
  let most = 0
  for (const row of testedRows) {
    paths = Math.min(paths, testedBy[row]!)
    most = Math.max(most, testedBy[row]!)
  }
  if (window === null || most < 2) return null

  const positions = Array.from({ length: paths }, () => new Float64Array(input.rows.rows))
  const ofFold = new Float64Array(input.rows.rows)
  const seen = new Uint16Array(input.rows.rows)
  folds.forEach((fold, k) => {
    takePositions(input.rows, fold.testRows, fold.testP, thresholds[k]!, config, ofFold)
    for (const row of fold.testRows) {
      const path = seen[row]!++
      if (path < paths) positions[path]![row] = ofFold[row]!
    }
  })
  const sharpe: (number | null)[] = []
  const equity: Float64Array[] = []
  for (const position of positions) {
    const run = simulate(timeline, fills, testedRows, position, tranche, costRate, window, scratch)
    sharpe.push(annualSharpe(run, scratch))
    equity.push(compound(scratch.dayReturn.slice(0, run.days)))
  }
  const numbers = Float64Array.from(sharpe.filter((each) => each !== null))
  const { mean, std } = momentsOf(numbers)
  return { sharpe, mean: known(mean), std: known(std), min: known(Math.min(...numbers)), equity }
}
