import type { Services } from '#main/services/index.ts'
import type { jobs as contract } from '#shared/contract/jobs.ts'
import type { Handlers } from '../handlers.ts'

export const jobRoutes = ({ jobs }: Services): Handlers<keyof typeof contract> => ({
  listJobs: ({ query }) => jobs.list(query),
  getJob: ({ params }) => jobs.get(params.id),
  cancelJob: ({ params }) => jobs.cancel(params.id),
  streamEvents: (_, { lastEventId, signal }) => jobs.events(lastEventId, signal),
})
