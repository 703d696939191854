export type Algorithm = 'gbm' | 'rf' | 'logistic'
export type CalibrationKind = 'none' | 'sigmoid' | 'isotonic'

/** Hyperparameters of a model config, defaulted; see catalog/models. */
export interface ModelSpec {
  algorithm: Algorithm
  seed: number
  n_estimators: number
  max_depth: number
  max_leaves: number | null
  learning_rate: number
  min_child_samples: number
  min_child_weight: number
  reg_lambda: number
  gamma: number
  subsample: number
  colsample_bytree: number
  max_bin: number
  /** gbm only: stop when so many rounds brought no better log loss on the newest 15 % of the training part; absent or 0: never. */
  early_stopping_rounds?: number
}

/** Rows to learn from and to score, in time order, columns beside each other. */
export interface LearningTable {
  rows: number
  features: string[]
  columns: Float64Array[]
  classes: string[]
  /** −1 where there is no label: such rows are scored, never trained on. */
  y: Int8Array
  /** Life of each row's label, epoch ms UTC; t1 NaN without a label. */
  t0: Float64Array
  t1: Float64Array
  /** Sample weights, mean 1 over labelled rows. */
  weight: Float64Array
}

export interface CvSpec {
  scheme: 'walk_forward' | 'purged_kfold' | 'cpcv'
  splits: number
  /** Fraction of all rows. */
  embargo: number
}

/**
 * Scores of one outer fold. Probabilities are calibrated, row-major n × classes. `inner*` are cross-fitted predictions on the
 * training part (each row predicted by a model and calibrated by a calibrator that did not see it); thresholds are chosen there.
 */
export interface FoldScores {
  fold: number
  skipped: string | null
  trainRows: number
  purgedRows: number
  embargoedRows: number
  /** Row numbers of the learning table. */
  testRows: Int32Array
  testProba: Float64Array
  innerRows: Int32Array
  innerProba: Float64Array
  /** First and last training row, −1 when skipped. */
  trainFirst: number
  trainLast: number
  /** Class frequencies of the training part, for base-rate comparisons. */
  baseRates: Float64Array
  notes: string[]
}

/** Flat forest: tree k owns nodes treeStart[k] … treeStart[k+1]−1; children are absolute indices, leaves have feature −1. */
export interface Forest {
  classes: number
  /** 1 for binary logistic (probability of class 1), else one tree group per class. */
  outputs: number
  baseScore: Float64Array
  treeStart: Int32Array
  /** Output that each tree adds to. */
  treeOutput: Int32Array
  feature: Int32Array
  /** x ≤ threshold goes left. */
  threshold: Float64Array
  left: Int32Array
  right: Int32Array
  missingLeft: Uint8Array
  value: Float64Array
  gain: Float64Array
}

export interface RobustScaler {
  center: Float64Array
  scale: Float64Array
}

/** Per class: Platt `a`, `b` on the logit of the raw probability, or isotonic knots. */
export type Calibrator =
  | { kind: 'none' }
  | { kind: 'sigmoid'; a: Float64Array; b: Float64Array }
  | { kind: 'isotonic'; x: Float64Array[]; y: Float64Array[] }
