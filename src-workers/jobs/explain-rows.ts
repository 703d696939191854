import { SigmaError } from '#shared/errors.ts'
import type { JobHandler } from '#shared/jobs/define.ts'
import type { explainRowsJob } from '#shared/jobs/explain-rows.ts'
import type { Explanation } from '#shared/jobs/explain-types.ts'
import { applyCalibrator } from '#workers/calibration/calibrator.ts'
import { linearContributions } from '#workers/explain/linear-contributions.ts'
import { treeShap } from '#workers/explain/tree-shap.ts'
import { predictMargin } from '#workers/gbm/predict-forest.ts'
import { type FittedModel, rawProba } from '#workers/models/fit-model.ts'
import { linearMargin } from '#workers/models/logistic.ts'
import { scaleColumns } from '#workers/scaling/robust-scaler.ts'

/** Contributions, margins and probabilities of every row given. Throws INVALID_PARAM for columns of another model. */
export const explainRows: JobHandler<typeof explainRowsJob> = ({ explanation, columns }) => {
  const { features, classes, scaler, calibrator } = explanation
  if (columns.length !== features.length) {
    throw new SigmaError(
      'INVALID_PARAM',
      `the model has ${features.length} features, ${columns.length} columns were given`,
    )
  }
  const rows = columns[0]?.length ?? 0
  const everyRow = Int32Array.from({ length: rows }, (_, i) => i)
  const scaled = scaleColumns(scaler, columns, everyRow)
  const model = fittedOf(explanation)
  const raw = rawProba(model, columns, everyRow)
  const { base, values, margin } =
    explanation.algorithm === 'logistic'
      ? {
          ...linearContributions(explanation.linear, scaled, rows),
          margin: linearMargin({ ...explanation.linear, converged: true }, scaled, rows),
        }
      : {
          ...treeShap(explanation.forest, explanation.cover, scaled, rows),
          margin: predictMargin(explanation.forest, scaled, rows),
        }
  return {
    unit: explanation.algorithm === 'rf' ? 'frequency' : 'log_odds',
    outputs: base.length,
    base,
    contributions: values,
    margin,
    rawProba: raw,
    proba: applyCalibrator(calibrator, raw, classes.length),
  }
}

function fittedOf(explanation: Explanation): FittedModel {
  const { scaler, classes } = explanation
  const shared = { scaler, classes: classes.length }
  if (explanation.algorithm === 'logistic') {
    return { ...shared, algorithm: 'logistic', linear: { ...explanation.linear, converged: true } }
  }
  return { ...shared, algorithm: explanation.algorithm, forest: explanation.forest }
}
