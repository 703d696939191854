import { defineJob } from './define.ts'
import type { Matrix, MatrixProfile } from './matrix-types.ts'

/** Diagnostics of a matrix that was not built here: what a user's CSV gets. */
export const profileMatrixJob = defineJob<{ matrix: Matrix; horizonBars: number }, MatrixProfile>(
  'profile-matrix',
  'Profile matrix',
)
