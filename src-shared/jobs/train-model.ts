import { defineJob } from './define.ts'
import type { Explanation } from './explain-types.ts'
import type { CalibrationKind, LearningTable, ModelSpec } from './scoring-types.ts'

export interface TrainModelInput {
  table: LearningTable
  model: ModelSpec
  calibration: CalibrationKind
  /** Written into the artifact beside its features and classes: model id, shas, code version. */
  metadata: Record<string, string>
}

export interface FeatureImportance {
  feature: string
  /** Split gain, or absolute coefficients for `logistic`. */
  gain: number
  /** Mean increase of the out-of-fold log loss when the feature's values are shuffled, over 5 shuffles. */
  permutation: number
  /** Standard deviation of the increase over the shuffles. */
  permutation_std: number
}

export interface TrainModelResult {
  /** The artifact: input `features` [N, F], output `probabilities` [N, classes], both double. */
  onnx: Uint8Array
  /** Calibrated probabilities of every row of the table by the trainer itself, row-major; onnxruntime must agree to 1e-6. */
  proba: Float64Array
  /** The same before calibration. */
  rawProba: Float64Array
  /** Of every feature, the largest gain first. */
  importance: FeatureImportance[]
  /** What the contributions of features to scores are computed from. */
  explanation: Explanation
  trainRows: number
  /** First and last labelled row of the table. */
  trainFirst: number
  trainLast: number
  /** Calibration that was used, which is not the one asked for when a note says so. */
  calibration: CalibrationKind
  /** Share of right classes and macro F1 of the inner out-of-fold predictions, and their log loss. */
  accuracy: number
  f1: number
  logLoss: number
  /** Cross-fitted predictions of the inner folds, on which the threshold of the artifact is chosen. */
  innerRows: Int32Array
  innerProba: Float64Array
  /** Class frequencies of the training rows. */
  baseRates: Float64Array
  notes: string[]
}

/** Trains on every labelled row and writes the ONNX artifact. */
export const trainModelJob = defineJob<TrainModelInput, TrainModelResult>('train-model', 'Train a model', {
  isWide: true,
})
