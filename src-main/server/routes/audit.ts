import type { Services } from '#main/services/index.ts'
import type { audit as contract } from '#shared/contract/audit.ts'
import type { Handlers } from '../handlers.ts'

export const auditRoutes = ({ audit }: Services): Handlers<keyof typeof contract> => ({
  listAudit: ({ query }) => audit.list(query),
  listAdminAudit: ({ query }) => audit.list(query),
})
