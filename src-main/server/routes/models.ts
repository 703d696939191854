import type { Services } from '#main/services/index.ts'
import type { models as contract } from '#shared/contract/models.ts'
import type { Handlers } from '../handlers.ts'

export const modelRoutes = ({ models, live }: Services): Handlers<keyof typeof contract> => ({
  createModel: ({ body }) => models.create(body),
  listModels: ({ query }) => models.list(query.pack_id),
  updateModel: ({ params, body }) => models.update(params.model_id, body),
  getModelConfig: ({ query }) => models.config(query),
  writeModelConfig: ({ body }) => models.writeConfig(body),
  getModelPerformance: ({ params, query }) => live.performance(params.model_id, query),
  writeIndicatorSet: ({ body }) => models.writeIndicatorSet(body),
  listModelTemplates: ({ query }) => models.templates(query.pack),
})
