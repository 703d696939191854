import type { CalibrationKind, Calibrator, LearningTable, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { applyCalibrator, fitCalibrator } from '#workers/calibration/calibrator.ts'
import { planInnerFolds } from '#workers/cv/plan-folds.ts'
import type { TrainHooks } from '#workers/gbm/train-forest.ts'
import { type FittedModel, fitModel, rawProba } from './fit-model.ts'

export const INNER_FOLDS = 3

/** Predictions inside a training part, each row by a model and a calibrator that did not see it. */
export interface CrossFit {
  rows: Int32Array
  /** Calibrated, row-major n × classes. */
  proba: Float64Array
  /** Fitted on the raw predictions of all inner folds: for rows outside the training part. */
  calibrator: Calibrator
  folds: InnerFold[]
}

/** A model with a calibrator, and the rows that neither of them saw. */
export interface InnerFold {
  rows: Int32Array
  model: FittedModel
  calibrator: Calibrator
}

interface InnerScores {
  rows: Int32Array
  raw: Float64Array
}

/**
 * Purged 3-fold predictions on `trainRows`, cross-calibrated: the calibrator of an inner fold is fitted on the others'.
 * Returns the reason as text when fewer than two inner folds can be trained.
 */
export function crossFit(
  table: LearningTable,
  trainRows: Int32Array,
  spec: ModelSpec,
  kind: CalibrationKind,
  embargo: number,
  hooksOf: (fold: number) => TrainHooks,
): CrossFit | string {
  const classes = table.classes.length
  const plans = planInnerFolds(trainRows, INNER_FOLDS, embargo, table)
  const usable = plans.filter((plan) => plan.skipped === null)
  if (usable.length < 2) {
    const reasons = plans.flatMap((plan) =>
      plan.skipped === null ? [] : [`${plan.fold + 1}: ${plan.skipped}`],
    )
    return `fewer than two inner folds can be trained (${reasons.join('; ')})`
  }
  const parts = usable.map((plan): InnerScores & { model: FittedModel } => {
    const model = fitModel(table, plan.trainRows, spec, hooksOf(plan.fold))
    return { model, rows: plan.testRows, raw: rawProba(model, table.columns, plan.testRows) }
  })
  const calibratorOf = (chosen: readonly InnerScores[]): Calibrator => {
    const { rows, raw } = joinScores(chosen)
    const y = Int8Array.from(rows, (r) => table.y[r]!)
    const weights = Float64Array.from(rows, (r) => table.weight[r]!)
    return fitCalibrator(kind, raw, y, weights, classes)
  }
  const folds = parts.map((part): InnerFold => {
    const others = calibratorOf(parts.filter((other) => other !== part))
    return { rows: part.rows, model: part.model, calibrator: others }
  })
  const calibrated = folds.map(({ rows, calibrator }, k): InnerScores => {
    return { rows, raw: applyCalibrator(calibrator, parts[k]!.raw, classes) }
  })
  const joined = joinScores(calibrated)
  return { rows: joined.rows, proba: joined.raw, calibrator: calibratorOf(parts), folds }
}

function joinScores(parts: readonly InnerScores[]): InnerScores {
  const rows = new Int32Array(parts.reduce((sum, part) => sum + part.rows.length, 0))
  const raw = new Float64Array(parts.reduce((sum, part) => sum + part.raw.length, 0))
  let row = 0
  let value = 0
  for (const part of parts) {
    rows.set(part.rows, row)
    raw.set(part.raw, value)
    row += part.rows.length
    value += part.raw.length
  }
  return { rows, raw }
}
