import type { Calibrator, Forest, RobustScaler } from './scoring-types.ts'

/** Linear margins on scaled features, with what each feature gives on average over the training rows. */
export interface ExplainedLinear {
  /** 1 for two classes (margin of class 1), else one per class. */
  outputs: number
  intercept: Float64Array
  /** Per output, one coefficient a feature. */
  coefficients: Float64Array[]
  /** Per output, what a missing value of a feature gives. */
  flags: Float64Array[]
  /** Per output and feature, the weighted mean of what the training rows get. */
  means: Float64Array[]
}

/** A trained model as its contributions are computed from: the same numbers as in its ONNX file. */
export type Explanation = {
  features: string[]
  classes: string[]
  scaler: RobustScaler
  calibrator: Calibrator
} & (
  | {
      algorithm: 'gbm' | 'rf'
      forest: Forest
      /** Weight of the training rows that reach each node. */
      cover: Float64Array
    }
  | { algorithm: 'logistic'; linear: ExplainedLinear }
)

/** What margins are measured in: log odds, or for a random forest class frequencies. */
export type MarginUnit = 'log_odds' | 'frequency'
