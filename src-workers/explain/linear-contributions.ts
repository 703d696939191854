import type { ExplainedLinear } from '#shared/jobs/explain-types.ts'
import type { LinearModel } from '#workers/models/logistic.ts'
import type { Contributions } from './tree-shap.ts'

type Terms = Pick<LinearModel, 'coefficients' | 'flags'>

/** What a value of a feature gives to a margin: its coefficient's share, or that of being missing. */
function termOf({ coefficients, flags }: Terms, output: number, feature: number, x: number): number {
  return Number.isNaN(x) ? flags[output]![feature]! : coefficients[output]![feature]! * x
}

/** A linear model with the weighted mean of each term over the training rows. */
export function explainLinear(
  { outputs, intercept, coefficients, flags }: LinearModel,
  columns: readonly Float64Array[],
  weights: Float64Array,
): ExplainedLinear {
  let total = 0
  for (let i = 0; i < weights.length; i++) total += weights[i]!
  const means = Array.from({ length: outputs }, (_, o) =>
    Float64Array.from(columns, (column, f) => {
      let sum = 0
      for (let i = 0; i < weights.length; i++)
        sum += weights[i]! * termOf({ coefficients, flags }, o, f, column[i]!)
      return sum / total
    }),
  )
  return { outputs, intercept, coefficients, flags, means }
}

/**
 * Shapley values of linear margins against the average training row: in a sum, a feature's value is its own term less the
 * term's mean, whatever the other features are.
 */
export function linearContributions(
  linear: ExplainedLinear,
  columns: readonly Float64Array[],
  rows: number,
): Contributions {
  const { outputs, intercept, means } = linear
  const features = columns.length
  const values = new Float64Array(rows * outputs * features)
  for (let r = 0, at = 0; r < rows; r++) {
    for (let o = 0; o < outputs; o++) {
      for (let f = 0; f < features; f++) values[at++] = termOf(linear, o, f, columns[f]![r]!) - means[o]![f]!
    }
  }
  const base = Float64Array.from(intercept, (start, o) => means[o]!.reduce((sum, mean) => sum + mean, start))
  return { base, values }
}
