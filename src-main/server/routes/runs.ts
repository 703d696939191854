import type { Services } from '#main/services/index.ts'
import type { runs as contract } from '#shared/contract/runs.ts'
import type { Handlers } from '../handlers.ts'

export const runRoutes = ({ runs }: Services): Handlers<keyof typeof contract> => ({
  listBuildRuns: ({ query }) => runs.builds(query),
  listTrainingRuns: ({ query }) => runs.trainings(query),
  getTrainingImportance: ({ params }) => runs.importance(params.id),
})
