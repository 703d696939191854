import type { JobHandler } from '#shared/jobs/define.ts'
import type { profileMatrixJob } from '#shared/jobs/profile-matrix.ts'
import { scanFutureCorrelation } from '#workers/matrix/leakage-scan.ts'
import { profileMatrix as describe } from '#workers/matrix/profile/profile-matrix.ts'

/** Without bars nothing can be recomputed, so of the leakage scan only the correlation with the future return applies. */
export const profileMatrix: JobHandler<typeof profileMatrixJob> = ({ matrix, horizonBars }) =>
  describe(matrix, scanFutureCorrelation(matrix, null, horizonBars))
