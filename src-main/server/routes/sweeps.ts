import type { Services } from '#main/services/index.ts'
import type { sweeps as contract } from '#shared/contract/sweeps.ts'
import type { Handlers } from '../handlers.ts'

export const sweepRoutes = ({ sweeps, nullTests }: Services): Handlers<keyof typeof contract> => ({
  runBacktestSweep: ({ body }) => sweeps.runAndWait(body),
  runSweep: ({ body }) => sweeps.start(body),
  planSweep: ({ body }) => sweeps.plan(body),
  listSweeps: ({ query }) => sweeps.list(query),
  getSweep: ({ params, query }) => sweeps.get(params.sweep_id, query),
  runSweepNull: ({ params }) => nullTests.start(params.sweep_id),
  getSweepStatus: ({ params }) => sweeps.status(params.sweep_id),
  getSweepResults: ({ params, query }) => sweeps.results(params.sweep_id, query),
})
