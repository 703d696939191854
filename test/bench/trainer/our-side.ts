import { modelSpec } from '#shared/catalog/models/hyperparams.ts'
import type { Forest } from '#shared/jobs/scoring-types.ts'
import { predictProba } from '#workers/gbm/predict-forest.ts'
import { trainForest } from '#workers/gbm/train-forest.ts'
import { serveSide } from '../harness/serve-side.ts'
import { aucOf, type RowSizes, readRows } from './write-rows.ts'

await serveSide((folder, options) => {
  const sizes = options as unknown as RowSizes
  const hooks = { threads: Number(options['threads'] ?? 1), cancelled: () => false, report: () => {} }
  const spec = {
    ...modelSpec('gbm'),
    ...{ n_estimators: Number(options['trees']), max_depth: Number(options['depth']) },
    ...{ learning_rate: Number(options['rate']), max_bin: Number(options['bins']) - 1 },
    ...{ subsample: 1, colsample_bytree: 1, reg_lambda: 1, gamma: 0, min_child_weight: 1 },
    ...{ min_child_samples: 1, max_leaves: null },
  }
  return {
    version: 'Sigma Lab',
    round: (k) => {
      const { train, test } = readRows(folder, sizes, k)
      const weights = new Float64Array(sizes.rows).fill(1)
      const trained = () => trainForest(train.columns, train.y, weights, 2, spec, hooks)
      const predict = (forest: Forest) => predictProba(forest, test.columns, sizes.tested)
      const auc = (proba: Float64Array) => {
        const up = Float64Array.from({ length: sizes.tested }, (_, r) => proba[2 * r + 1]!)
        return { auc: aucOf(up, test.y) }
      }
      if (options['predicts'] === true) {
        const forest = trained()
        let proba: Float64Array = new Float64Array()
        return {
          run: () => {
            proba = predict(forest)
          },
          figures: () => auc(proba),
        }
      }
      let forest: Forest | undefined
      return {
        run: () => {
          forest = trained()
        },
        figures: () => auc(predict(forest!)),
      }
    },
  }
})
