import type { OperationId } from '#shared/contract/index.ts'
import type { EventMessage } from '#shared/contract/jobs.ts'

const set = (...ids: OperationId[]): ReadonlySet<OperationId> => new Set(ids)

/** Which queries an event makes stale. `jobEnd` adds to `job` once a job has finished, failed or been canceled. */
export const invalidatedBy = {
  job: set('listJobs', 'getJob', 'getSweepStatus', 'listTrainJobs', 'getSync'),
  jobEnd: set(
    'getWorkspace',
    'listSweeps',
    'getSweep',
    'getSweepResults',
    'planSweep',
    'getLeaderboard',
    'listBuildRuns',
    'listTrainingRuns',
    'listModels',
    'getDataCatalog',
    'listSignals',
    'listImports',
    'getSync',
  ),
  result: set(
    'getSweepStatus',
    'getSweepResults',
    'getSweep',
    'listSweeps',
    'getLeaderboard',
    'listTrainingRuns',
    'listBuildRuns',
    'listSignals',
    'listModelCards',
    'listBackups',
    'getModelCard',
    'getWorkspace',
  ),
  pack: set('listPacks', 'getPack', 'listModels', 'getWorkspace', 'planSweep'),
  data: set(
    'getDataCatalog',
    'getBars',
    'getChain',
    'getCoverage',
    'listModels',
    'getWorkspace',
    'listImports',
    'getSync',
  ),
  action: set(
    'listJobs',
    'listViews',
    'getWorkspace',
    'listSweeps',
    'listTrainJobs',
    'listBuildRuns',
    'listSignals',
    'listImports',
    'getSync',
    'listBackups',
  ),
} satisfies Record<EventMessage['type'] | 'jobEnd' | 'action', ReadonlySet<OperationId>>
