import type { Explanation } from '#shared/jobs/explain-types.ts'
import type { Calibrator, LearningTable } from '#shared/jobs/scoring-types.ts'
import type { FittedModel } from '#workers/models/fit-model.ts'
import { scaleColumns } from '#workers/scaling/robust-scaler.ts'
import { explainLinear } from './linear-contributions.ts'
import { nodeCover } from './node-cover.ts'

/** Everything that contributions of a model trained on `trainRows` are computed from. */
export function explainModel(
  model: FittedModel,
  calibrator: Calibrator,
  table: LearningTable,
  trainRows: Int32Array,
): Explanation {
  const { features, classes } = table
  const columns = scaleColumns(model.scaler, table.columns, trainRows)
  const weights = Float64Array.from(trainRows, (r) => table.weight[r]!)
  const shared = { features, classes, scaler: model.scaler, calibrator }
  if (model.algorithm === 'logistic')
    return { ...shared, algorithm: 'logistic', linear: explainLinear(model.linear, columns, weights) }
  const { algorithm, forest } = model
  return { ...shared, algorithm, forest, cover: nodeCover(forest, columns, weights) }
}
