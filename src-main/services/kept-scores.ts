import type { FoldScores } from '#shared/jobs/scoring-types.ts'
import { directionalProbability } from '#shared/kernels/directional-probability.ts'
import { groupByEdges, tenthEdges } from '#shared/kernels/stability-index.ts'

/** Out-of-fold scores of a run as its detail file keeps them: in time order, each by the tenth it lies in. */
export interface KeptScores {
  /** Directional probabilities between the tenths. */
  edges: number[]
  /** One digit a score. */
  tenths: string
  /** First and last row tested, epoch ms. */
  from: number
  to: number
}

/**
 * Directional probability of each row that a fold tested, in time order; where several folds test a row, their mean.
 * @param ts decision time of each row of the learning table
 */
export function keepScores(
  folds: readonly FoldScores[],
  classes: readonly string[],
  ts: Float64Array,
): KeptScores | null {
  const sum = new Float64Array(ts.length)
  const count = new Int32Array(ts.length)
  for (const { testRows, testProba } of folds) {
    directionalProbability(testProba, classes).forEach((p, k) => {
      const row = testRows[k]!
      if (Number.isNaN(p)) return
      sum[row]! += p
      count[row]!++
    })
  }
  const rows = [...count.keys()].filter((row) => count[row]! > 0)
  if (rows.length === 0) return null
  const scores = Float64Array.from(rows, (row) => sum[row]! / count[row]!)
  const edges = tenthEdges(scores)
  return {
    edges,
    tenths: groupByEdges(scores, edges).join(''),
    from: ts[rows[0]!]!,
    to: ts[rows.at(-1)!]!,
  }
}
