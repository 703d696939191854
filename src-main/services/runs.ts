import type { ServiceContext } from './context.ts'
import type { RunService } from './index.ts'
import { withPage } from './page.ts'

/** History of matrix builds and trainings. */
export function createRunService({ ledger }: Pick<ServiceContext, 'ledger'>): RunService {
  return {
    builds: async (query) => withPage(query, 20, (page) => ledger.buildRuns.list({ ...query, ...page })),
    trainings: async (query) =>
      withPage(query, 20, (page) => ledger.trainingRuns.list({ ...query, ...page })),
  }
}
