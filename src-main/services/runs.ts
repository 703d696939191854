import { SigmaError } from '#shared/errors.ts'
import type { FeatureImportance } from '#shared/jobs/train-model.ts'
import type { ServiceContext } from './context.ts'
import type { RunService } from './index.ts'
import { withPage } from './page.ts'

/** History of matrix builds and trainings. */
export function createRunService({ ledger }: Pick<ServiceContext, 'ledger'>): RunService {
  return {
    builds: async (query) => withPage(query, 20, (page) => ledger.buildRuns.list({ ...query, ...page })),
    trainings: async (query) =>
      withPage(query, 20, (page) => ledger.trainingRuns.list({ ...query, ...page })),
    importance: async (id) => {
      const artifact = ledger.artifacts.ofRun(Number(id))
      if (!artifact) throw new SigmaError('NOT_FOUND', `no training run has the id ${id}`)
      const { importance } = artifact.meta as { importance: Partial<FeatureImportance>[] }
      return {
        training_run_id: id,
        model_id: artifact.model_id,
        artifact: artifact.uri,
        // Artifacts of earlier versions have no permutation figures.
        rows: importance.map(({ feature = '', gain = 0, permutation = null, permutation_std = null }) => {
          return { feature, gain, permutation, permutation_std }
        }),
      }
    },
  }
}
