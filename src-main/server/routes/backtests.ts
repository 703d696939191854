import type { Services } from '#main/services/index.ts'
import type { backtests as contract } from '#shared/contract/backtests.ts'
import type { Handlers } from '../handlers.ts'

export const backtestRoutes = ({ backtests }: Services): Handlers<keyof typeof contract> => ({
  runBacktest: ({ body }) => backtests.run(body),
  getBacktestRun: ({ params }) => backtests.get(params.id),
  getLeaderboard: ({ query }) => backtests.leaderboard(query),
})
