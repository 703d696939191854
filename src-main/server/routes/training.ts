import type { Services } from '#main/services/index.ts'
import type { training as contract } from '#shared/contract/training.ts'
import type { Handlers } from '../handlers.ts'

export const trainingRoutes = ({ training }: Services): Handlers<keyof typeof contract> => ({
  trainModel: ({ body }) => training.train(body),
  trainBatch: ({ body }) => training.batch(body),
  listTrainJobs: ({ query }) => training.listJobs(query),
})
