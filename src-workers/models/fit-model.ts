import type { Forest, LearningTable, ModelSpec, RobustScaler } from '#shared/jobs/scoring-types.ts'
import { gainImportance } from '#workers/gbm/gain-importance.ts'
import { predictMargin, probaOfMargins } from '#workers/gbm/predict-forest.ts'
import { type TrainHooks, trainForest } from '#workers/gbm/train-forest.ts'
import { trainRandomForest } from '#workers/gbm/train-random-forest.ts'
import { fitRobustScaler, scaleColumns } from '#workers/scaling/robust-scaler.ts'
import { earlyStoppingRounds } from './early-stopping.ts'
import { type LinearModel, linearMargin, trainLogistic } from './logistic.ts'

/** A trained model with the scaler of its training part; gives raw (uncalibrated) probabilities. */
export type FittedModel = { classes: number; scaler: RobustScaler } & (
  | { algorithm: 'gbm' | 'rf'; forest: Forest }
  | { algorithm: 'logistic'; linear: LinearModel }
)

/** A class frequency of a random forest is held at least this far above 0 before renormalising. */
export const FREQUENCY_EDGE = 1e-12

/** Fits the scaler and the model on `rows` of the table, all of which have a label. Nothing else of the table is read. */
export function fitModel(
  table: LearningTable,
  rows: Int32Array,
  spec: ModelSpec,
  hooks: TrainHooks,
): FittedModel {
  const parts = table.columns.map((column) => Float64Array.from(rows, (r) => column[r]!))
  const scaler = fitRobustScaler(parts)
  const scaled = scaleColumns(scaler, table.columns, rows)
  const y = Int8Array.from(rows, (r) => table.y[r]!)
  const weights = Float64Array.from(rows, (r) => table.weight[r]!)
  const classes = table.classes.length
  if (spec.algorithm === 'logistic') {
    return {
      algorithm: 'logistic',
      classes,
      scaler,
      linear: trainLogistic(scaled, y, weights, classes, spec, hooks),
    }
  }
  if (spec.algorithm === 'rf') {
    const forest = trainRandomForest(scaled, y, weights, classes, spec, hooks)
    return { algorithm: 'rf', classes, scaler, forest }
  }
  const rounds = earlyStoppingRounds(table, rows, scaled, spec, hooks)
  const forest = trainForest(scaled, y, weights, classes, { ...spec, n_estimators: rounds }, hooks)
  return { algorithm: 'gbm', classes, scaler, forest }
}

/** Raw class probabilities of `rows`, row-major n × classes. */
export function rawProba(
  model: FittedModel,
  columns: readonly Float64Array[],
  rows: Int32Array,
): Float64Array {
  const scaled = scaleColumns(model.scaler, columns, rows)
  const isLinear = model.algorithm === 'logistic'
  return probaOf(
    model,
    isLinear
      ? linearMargin(model.linear, scaled, rows.length)
      : predictMargin(model.forest, scaled, rows.length),
  )
}

/** Raw class probabilities that margins (row-major n × outputs) of a model stand for. */
export function probaOf(model: FittedModel, margin: Float64Array): Float64Array {
  if (model.algorithm === 'logistic') return probaOfMargins(margin, model.classes, model.linear.outputs)
  if (model.algorithm === 'gbm') return probaOfMargins(margin, model.classes, model.forest.outputs)
  return frequencies(margin, model.classes, model.forest.outputs)
}

/** Gain per feature; for a linear model the sum of absolute coefficients on scaled features. Largest first. */
export function importanceOf(
  model: FittedModel,
  features: readonly string[],
): { feature: string; gain: number }[] {
  if (model.algorithm !== 'logistic') return gainImportance(model.forest, features)
  const { coefficients, flags } = model.linear
  const gainOf = (f: number): number => {
    let sum = 0
    for (let o = 0; o < coefficients.length; o++)
      sum += Math.abs(coefficients[o]![f]!) + Math.abs(flags[o]![f]!)
    return sum
  }
  return features.map((feature, f) => ({ feature, gain: gainOf(f) })).sort((a, b) => b.gain - a.gain)
}

function frequencies(margin: Float64Array, classes: number, outputs: number): Float64Array {
  const rows = margin.length / outputs
  const proba = new Float64Array(rows * classes)
  for (let r = 0; r < rows; r++) {
    const at = r * classes
    if (outputs === 1) {
      const p = Math.min(1, Math.max(0, margin[r]!))
      proba[at] = 1 - p
      proba[at + 1] = p
      continue
    }
    let sum = 0
    for (let c = 0; c < classes; c++)
      sum += proba[at + c] = Math.min(1, Math.max(FREQUENCY_EDGE, margin[at + c]!))
    for (let c = 0; c < classes; c++) proba[at + c]! /= sum
  }
  return proba
}
