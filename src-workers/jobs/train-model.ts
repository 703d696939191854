import { SigmaError } from '#shared/errors.ts'
import type { JobHandler } from '#shared/jobs/define.ts'
import type { trainModelJob } from '#shared/jobs/train-model.ts'
import { applyCalibrator, calibrationFor } from '#workers/calibration/calibrator.ts'
import { LEAST_TRAIN_ROWS } from '#workers/cv/plan-folds.ts'
import { whySkipped } from '#workers/cv/why-skipped.ts'
import { explainModel } from '#workers/explain/explain-model.ts'
import { permutationImportance } from '#workers/explain/permutation-importance.ts'
import { classFrequencies } from '#workers/models/class-frequencies.ts'
import { classificationScores } from '#workers/models/classification-scores.ts'
import { noteConstantScores } from '#workers/models/constant-scores.ts'
import { crossFit, INNER_FOLDS } from '#workers/models/cross-fit.ts'
import { fitModel, importanceOf, rawProba } from '#workers/models/fit-model.ts'
import { buildModelGraph } from '#workers/onnx/build-model-graph.ts'
import { trainHooks } from './train-hooks.ts'

/** Trains on every labelled row of the table. Throws NO_DATA when those are too few or of one class, and CANCELED. */
export const trainModel: JobHandler<typeof trainModelJob> = (
  { table, model, calibration, metadata },
  context,
) => {
  const classes = table.classes.length
  const everyRow = Int32Array.from({ length: table.rows }, (_, i) => i)
  const trainRows = everyRow.filter((r) => table.y[r]! >= 0)
  const reason = whySkipped(trainRows, table.y, LEAST_TRAIN_ROWS)
  if (reason !== null) throw new SigmaError('NO_DATA', `the model cannot be trained: ${reason}`)

  const hooksOf = trainHooks(context, INNER_FOLDS + 1)
  const { kind, note } = calibrationFor(calibration, trainRows.length)
  const inner = crossFit(table, trainRows, model, kind, 0, hooksOf)
  if (typeof inner === 'string') throw new SigmaError('NO_DATA', `the model cannot be calibrated: ${inner}`)
  const full = fitModel(table, trainRows, model, hooksOf(INNER_FOLDS))
  const raw = rawProba(full, table.columns, everyRow)
  const notes = note === null ? [] : [note]
  if (full.algorithm === 'logistic' && !full.linear.converged)
    notes.push('the logistic fit stopped before it converged')
  const proba = applyCalibrator(inner.calibrator, raw, classes)
  const constant = noteConstantScores(proba, table.classes)
  if (constant !== null) notes.push(constant)
  const permuted = permutationImportance(table, inner.folds, model.seed, context.cancelled)
  const innerY = Int8Array.from(inner.rows, (r) => table.y[r]!)
  return {
    onnx: buildModelGraph(full, inner.calibrator, table.features, table.classes, metadata),
    proba,
    rawProba: raw,
    importance: importanceOf(full, table.features).map((each) => ({
      ...each,
      ...permuted[table.features.indexOf(each.feature)]!,
    })),
    explanation: explainModel(full, inner.calibrator, table, trainRows),
    trainRows: trainRows.length,
    trainFirst: trainRows[0]!,
    trainLast: trainRows[trainRows.length - 1]!,
    calibration: kind,
    ...classificationScores(inner.proba, innerY, classes),
    innerRows: inner.rows,
    innerProba: inner.proba,
    baseRates: classFrequencies(table.y, trainRows, classes),
    notes,
  }
}
