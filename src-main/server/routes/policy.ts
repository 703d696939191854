import type { Services } from '#main/services/index.ts'
import type { policy as contract } from '#shared/contract/policy.ts'
import type { Handlers } from '../handlers.ts'

export const policyRoutes = ({ policies, decisions }: Services): Handlers<keyof typeof contract> => ({
  explainPolicy: ({ query }) => policies.explain(query),
  validatePolicy: ({ query }) => policies.explain(query),
  explainRow: ({ body }) => decisions.explainRow(body),
  writePolicy: ({ body }) => policies.write(body),
})
