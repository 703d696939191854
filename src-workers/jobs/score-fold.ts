import { SigmaError } from '#shared/errors.ts'
import type { JobHandler } from '#shared/jobs/define.ts'
import type { scoreFoldJob } from '#shared/jobs/score-fold.ts'
import type { FoldScores, LearningTable } from '#shared/jobs/scoring-types.ts'
import { applyCalibrator, calibrationFor } from '#workers/calibration/calibrator.ts'
import { type FoldPlan, planFolds } from '#workers/cv/plan-folds.ts'
import { classFrequencies } from '#workers/models/class-frequencies.ts'
import { crossFit, INNER_FOLDS } from '#workers/models/cross-fit.ts'
import { fitModel, rawProba } from '#workers/models/fit-model.ts'
import { trainHooks } from './train-hooks.ts'

/** Scores one outer fold; whatever is fitted is fitted inside its training part. Throws CANCELED. */
export const scoreFold: JobHandler<typeof scoreFoldJob> = (
  { table, model, cv, fold, calibration },
  context,
) => {
  const plan = planFolds(cv, table)[fold]
  if (plan === undefined)
    throw new SigmaError('INVALID_PARAM', `fold ${fold} is not one of the folds of ${cv.scheme}`)
  if (plan.skipped !== null) return skippedFold(plan, table, plan.skipped)

  const classes = table.classes.length
  const hooksOf = trainHooks(context, INNER_FOLDS + 1)
  const { kind, note } = calibrationFor(calibration, plan.trainRows.length)
  const inner = crossFit(table, plan.trainRows, model, kind, cv.embargo, hooksOf)
  if (typeof inner === 'string') return skippedFold(plan, table, inner)
  const full = fitModel(table, plan.trainRows, model, hooksOf(INNER_FOLDS))
  const notes = note === null ? [] : [note]
  if (full.algorithm === 'logistic' && !full.linear.converged)
    notes.push('the logistic fit stopped before it converged')
  return {
    fold,
    skipped: null,
    trainRows: plan.trainRows.length,
    purgedRows: plan.purgedRows,
    embargoedRows: plan.embargoedRows,
    testRows: plan.testRows,
    testProba: applyCalibrator(inner.calibrator, rawProba(full, table.columns, plan.testRows), classes),
    innerRows: inner.rows,
    innerProba: inner.proba,
    trainFirst: plan.trainRows[0]!,
    trainLast: plan.trainRows[plan.trainRows.length - 1]!,
    baseRates: classFrequencies(table.y, plan.trainRows, classes),
    notes,
  }
}

function skippedFold(plan: FoldPlan, table: LearningTable, reason: string): FoldScores {
  return {
    fold: plan.fold,
    skipped: reason,
    trainRows: plan.trainRows.length,
    purgedRows: plan.purgedRows,
    embargoedRows: plan.embargoedRows,
    testRows: new Int32Array(0),
    testProba: new Float64Array(0),
    innerRows: new Int32Array(0),
    innerProba: new Float64Array(0),
    trainFirst: -1,
    trainLast: -1,
    baseRates: classFrequencies(table.y, plan.trainRows, table.classes.length),
    notes: [],
  }
}
