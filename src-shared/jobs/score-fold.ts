import { defineJob } from './define.ts'
import type { CalibrationKind, CvSpec, FoldScores, LearningTable, ModelSpec } from './scoring-types.ts'

export interface ScoreFoldInput {
  table: LearningTable
  model: ModelSpec
  cv: CvSpec
  /** Number of the fold, from 0; the job plans all folds itself and takes this one. */
  fold: number
  calibration: CalibrationKind
}

/** Trains on the training part of one outer fold and scores its test block. */
export const scoreFoldJob = defineJob<ScoreFoldInput, FoldScores>('score-fold', 'Score one fold')
