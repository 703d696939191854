import type { Services } from '#main/services/index.ts'
import type { admin as contract } from '#shared/contract/admin.ts'
import type { Handlers } from '../handlers.ts'

export const adminRoutes = ({ admin }: Services): Handlers<keyof typeof contract> => ({
  listAdminJobs: ({ query }) => admin.jobs.list(query),
  retryAdminJob: ({ params }, { record }) => admin.jobs.retry(params.job_id, record),
  cancelAdminJob: ({ params }, { record }) => admin.jobs.cancel(params.job_id, record),
  getQuotas: () => admin.quotas.get(),
  updateQuotas: ({ body }, { record }) => admin.quotas.update(body, record),
  listRiskProfiles: ({ query }) => admin.riskProfiles.list(query.pack_id),
  updateRiskProfile: ({ body }, { record }) => admin.riskProfiles.update(body, record),
  checkRiskProfile: ({ body }) => admin.riskProfiles.check(body),
  listFlags: () => admin.flags.list(),
  updateFlag: ({ body }, { record }) => admin.flags.update(body, record),
  listAdminPacks: () => admin.packs.list(),
  listAdminIndicatorSets: ({ query }) => admin.packs.indicatorSets(query.pack),
  listAdminTemplates: ({ query }) => admin.templates.list(query.pack),
  createTemplate: ({ body }, { record }) => admin.templates.create(body, record),
  updateTemplate: ({ params, body }, { record }) => admin.templates.update(params.template_id, body, record),
  checkTemplate: ({ params, body }) => admin.templates.check(params.template_id, body),
  discardTemplate: ({ params }, { record }) => admin.templates.discard(params.template_id, record),
  publishTemplate: ({ params, query }, { record }) =>
    admin.templates.publish(params.template_id, query, record),
  listUsers: () => admin.users.list(),
  createUser: ({ body }, { record }) => admin.users.create(body, record),
  updateUser: ({ params, body }, { record }) => admin.users.update(params.user_id, body, record),
  rotateUserToken: ({ params }, { record }) => admin.users.rotateToken(params.user_id, record),
  getAdminHealth: () => admin.health.describe(),
})
