import { SigmaError } from '#shared/errors.ts'
import type { ModelSpec } from '#shared/jobs/scoring-types.ts'
import { softmaxColumns } from '#workers/gbm/gradients.ts'
import type { TrainHooks } from '#workers/gbm/train-forest.ts'
import { minimise } from './minimise.ts'

/** Linear margins on scaled features. A missing value is the train-part median, 0 once scaled, and raises its flag. */
export interface LinearModel {
  /** 1 for two classes (margin of class 1), else one per class. */
  outputs: number
  intercept: Float64Array
  /** Per output, one coefficient a feature. */
  coefficients: Float64Array[]
  /** Per output, one coefficient a feature for "is missing"; 0 where nothing was missing in training. */
  flags: Float64Array[]
  converged: boolean
}

/**
 * Logistic regression with an L2 penalty of reg_lambda / 2 · ‖β‖² (intercept free) on the weighted log loss, two classes or
 * softmax. `columns` are scaled features, NaN for missing. Deterministic. Throws CANCELED.
 */
export function trainLogistic(
  columns: readonly Float64Array[],
  y: Int8Array,
  weights: Float64Array,
  classes: number,
  spec: ModelSpec,
  hooks: TrainHooks,
): LinearModel {
  const { inputs, flagged } = designColumns(columns)
  const rows = y.length
  const outputs = classes === 2 ? 1 : classes
  const width = inputs.length + 1
  const margins = Array.from({ length: classes }, () => new Float64Array(rows))
  const proba = margins.map(() => new Float64Array(rows))
  const residual = new Float64Array(rows)
  let calls = 0

  const objective = (beta: Float64Array, gradient: Float64Array): number => {
    if (hooks.cancelled()) throw new SigmaError('CANCELED', `training stopped after ${calls} evaluations`)
    calls++
    let penalty = 0
    for (let o = 0; o < outputs; o++) {
      // With two classes the margin of class 0 stays 0.
      const margin = margins[outputs === 1 ? 1 : o]!
      margin.fill(beta[o * width + width - 1]!)
      for (let j = 0; j < inputs.length; j++) {
        const coefficient = beta[o * width + j]!
        penalty += coefficient * coefficient
        addScaled(margin, inputs[j]!, coefficient)
      }
    }
    softmaxColumns(margins, proba)
    for (let o = 0; o < outputs; o++) {
      const target = outputs === 1 ? 1 : o
      for (let i = 0; i < rows; i++)
        residual[i] = weights[i]! * (proba[target]![i]! - (y[i] === target ? 1 : 0))
      const at = o * width
      gradient[at + width - 1] = sum(residual)
      for (let j = 0; j < inputs.length; j++) {
        gradient[at + j] = dotProduct(inputs[j]!, residual) + spec.reg_lambda * beta[at + j]!
      }
    }
    return weightedLogLoss(margins, y, weights) + 0.5 * spec.reg_lambda * penalty
  }

  const beta = new Float64Array(outputs * width)
  const converged = minimise(
    objective,
    beta,
    curvatureOf(inputs, weights, outputs, spec.reg_lambda),
    1e-7,
    1000,
  )
  hooks.report(1, 1)
  return unpack(beta, outputs, columns.length, flagged, converged)
}

/** Margins, row-major n × outputs. */
export function linearMargin(
  model: LinearModel,
  columns: readonly Float64Array[],
  rows: number,
): Float64Array {
  const { outputs } = model
  const margin = new Float64Array(rows * outputs)
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < rows; i++) {
      let m = model.intercept[o]!
      for (let f = 0; f < columns.length; f++) {
        const x = columns[f]![i]!
        m += Number.isNaN(x) ? model.flags[o]![f]! : model.coefficients[o]![f]! * x
      }
      margin[i * outputs + o] = m
    }
  }
  return margin
}

/** Imputed columns, then a 0/1 column for each feature that has missing values. */
function designColumns(columns: readonly Float64Array[]): { inputs: Float64Array[]; flagged: number[] } {
  const inputs = columns.map((column) => column.map((x) => (Number.isNaN(x) ? 0 : x)))
  const flagged: number[] = []
  columns.forEach((column, f) => {
    if (!column.some(Number.isNaN)) return
    flagged.push(f)
    inputs.push(column.map((x) => (Number.isNaN(x) ? 1 : 0)))
  })
  return { inputs, flagged }
}

/** Diagonal of the Hessian at even odds; a floor keeps constant columns from dividing by 0. */
function curvatureOf(
  inputs: readonly Float64Array[],
  weights: Float64Array,
  outputs: number,
  lambda: number,
): Float64Array {
  const p = outputs === 1 ? 0.5 : 1 / outputs
  const one = [...inputs.map((column) => weightedSquares(column, weights)), sum(weights)]
  return Float64Array.from({ length: one.length * outputs }, (_, k) => {
    const j = k % one.length
    return p * (1 - p) * one[j]! + (j === inputs.length ? 0 : lambda) + 1e-9
  })
}

function unpack(
  beta: Float64Array,
  outputs: number,
  features: number,
  flagged: readonly number[],
  converged: boolean,
): LinearModel {
  const width = beta.length / outputs
  const intercept = new Float64Array(outputs)
  const coefficients: Float64Array[] = []
  const flags: Float64Array[] = []
  for (let o = 0; o < outputs; o++) {
    const own = beta.subarray(o * width, (o + 1) * width)
    intercept[o] = own[width - 1]!
    coefficients.push(own.slice(0, features))
    const flag = new Float64Array(features)
    flagged.forEach((f, k) => {
      flag[f] = own[features + k]!
    })
    flags.push(flag)
  }
  return { outputs, intercept, coefficients, flags, converged }
}

function weightedLogLoss(margins: readonly Float64Array[], y: Int8Array, weights: Float64Array): number {
  let loss = 0
  for (let i = 0; i < y.length; i++) {
    let top = margins[0]![i]!
    for (let c = 1; c < margins.length; c++) if (margins[c]![i]! > top) top = margins[c]![i]!
    let total = 0
    for (let c = 0; c < margins.length; c++) total += Math.exp(margins[c]![i]! - top)
    loss += weights[i]! * (Math.log(total) + top - margins[y[i]!]![i]!)
  }
  return loss
}

function addScaled(into: Float64Array, column: Float64Array, factor: number): void {
  for (let i = 0; i < into.length; i++) into[i]! += factor * column[i]!
}

function dotProduct(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!
  return total
}

function weightedSquares(a: Float64Array, weights: Float64Array): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += weights[i]! * a[i]! * a[i]!
  return total
}

function sum(a: Float64Array): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i]!
  return total
}
