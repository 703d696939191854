import { type Static, Type } from 'typebox'
import type { Algorithm, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { partial } from './partial.ts'

/** Hyperparameters a model config may set; what is left out takes the algorithm's default. */
export const Hyperparams = partial(
  Type.Object(
    {
      seed: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }),
      n_estimators: Type.Integer({ minimum: 1, maximum: 5000, description: 'Trees' }),
      max_depth: Type.Integer({ minimum: 1, maximum: 16 }),
      max_leaves: Type.Union([Type.Integer({ minimum: 2, maximum: 4096 }), Type.Null()], {
        description: 'Leaves per tree; null for no limit beyond the depth',
      }),
      learning_rate: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
      min_child_samples: Type.Integer({ minimum: 1, maximum: 100_000, description: 'Rows a leaf must hold' }),
      min_child_weight: Type.Number({ minimum: 0, maximum: 1e6, description: 'Hessian a leaf must hold' }),
      reg_lambda: Type.Number({ minimum: 0, maximum: 1e6, description: 'L2 penalty' }),
      gamma: Type.Number({ minimum: 0, maximum: 1e6, description: 'Gain a split must bring' }),
      subsample: Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'Share of rows per tree' }),
      colsample_bytree: Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description: 'Share of columns per tree',
      }),
      max_bin: Type.Integer({ minimum: 2, maximum: 255, description: 'Histogram bins per column' }),
    },
    { additionalProperties: false },
  ),
)
export type Hyperparams = Static<typeof Hyperparams>

const boosted: Omit<ModelSpec, 'algorithm'> = {
  seed: 2025,
  n_estimators: 300,
  max_depth: 6,
  max_leaves: null,
  learning_rate: 0.05,
  min_child_samples: 20,
  min_child_weight: 1e-3,
  reg_lambda: 1,
  gamma: 0,
  subsample: 0.9,
  colsample_bytree: 0.9,
  max_bin: 255,
}

const defaults: Record<Algorithm, Omit<ModelSpec, 'algorithm'>> = {
  gbm: boosted,
  // A forest averages deep, decorrelated trees: no shrinkage, fewer columns for each.
  rf: { ...boosted, max_depth: 10, learning_rate: 1, reg_lambda: 0, subsample: 0.632, colsample_bytree: 0.5 },
  logistic: boosted,
}

/** The complete specification of a model: an algorithm's defaults under the config's hyperparameters. */
export function modelSpec(algorithm: Algorithm, hyperparams: Hyperparams = {}): ModelSpec {
  return { algorithm, ...defaults[algorithm], ...hyperparams } as ModelSpec
}
