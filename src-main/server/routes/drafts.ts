import type { Services } from '#main/services/index.ts'
import type { drafts as contract } from '#shared/contract/drafts.ts'
import type { Handlers } from '../handlers.ts'

export const draftRoutes = ({ drafts, policies }: Services): Handlers<keyof typeof contract> => ({
  checkModel: ({ body }) => drafts.checkModel(body),
  getModelForm: ({ query }) => drafts.form(query.pack_id),
  checkModelConfig: ({ body }) => drafts.checkConfig(body),
  checkPolicy: ({ body }) => policies.tryText(body),
  getIndicatorSet: ({ query }) => drafts.indicatorSet(query),
  checkIndicatorSet: ({ body }) => drafts.checkSet(body),
})
