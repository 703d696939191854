import type { Reliability } from '#shared/contract/tear-sheet.ts'
import type { FoldScores } from '#shared/jobs/scoring-types.ts'
import { directionalProbability } from '#shared/kernels/directional-probability.ts'
import { groupByEdges, tenthEdges } from '#shared/kernels/stability-index.ts'

/** Two-sided 95 % of the normal distribution. */
const z95 = 1.959963984540054

/**
 * What was predicted against what came, on test rows: directional probabilities in tenths, beside the share of each that went UP.
 * Rows labelled FLAT tell nothing of p, which is conditional on a move. null without any other.
 */
export function measureReliability(
  y: Int8Array,
  classes: readonly string[],
  folds: readonly FoldScores[],
): Reliability | null {
  const up = classes.indexOf('UP')
  const down = classes.indexOf('DOWN')
  const scores: number[] = []
  const wentUp: boolean[] = []
  for (const { testRows, testProba } of folds) {
    const p = directionalProbability(testProba, classes)
    for (let k = 0; k < testRows.length; k++) {
      const truth = y[testRows[k]!]!
      if ((truth !== up && truth !== down) || Number.isNaN(p[k]!)) continue
      scores.push(p[k]!)
      wentUp.push(truth === up)
    }
  }
  if (scores.length === 0) return null
  const values = Float64Array.from(scores)
  const edges = tenthEdges(values)
  const groups = groupByEdges(values, edges)
  const bins = Array.from({ length: edges.length + 1 }, () => ({
    rows: 0,
    sum: 0,
    ups: 0,
    from: Number.POSITIVE_INFINITY,
    to: 0,
  }))
  groups.forEach((group, i) => {
    const bin = bins[group]!
    bin.rows++
    bin.sum += values[i]!
    if (wentUp[i]) bin.ups++
    bin.from = Math.min(bin.from, values[i]!)
    bin.to = Math.max(bin.to, values[i]!)
  })
  const filled = bins
    .filter(({ rows }) => rows > 0)
    .map(({ rows, sum, ups, from, to }) => ({
      ...{ from, to, rows, predicted: sum / rows, observed: ups / rows },
      ...wilsonInterval(ups, rows),
    }))
  const error = filled.reduce((sum, bin) => sum + bin.rows * Math.abs(bin.predicted - bin.observed), 0)
  return { rows: scores.length, error: error / scores.length, bins: filled }
}

/** 95 % interval of a share (Wilson 1927): it stays within 0 and 1, and holds for few rows. */
function wilsonInterval(hits: number, rows: number): { low: number; high: number } {
  const share = hits / rows
  const square = z95 * z95
  const middle = share + square / (2 * rows)
  const half = z95 * Math.sqrt((share * (1 - share)) / rows + square / (4 * rows * rows))
  const scale = 1 + square / rows
  // Rounding alone could pass 0 or 1.
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) }
}
