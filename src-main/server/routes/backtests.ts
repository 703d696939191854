import type { Services } from '#main/services/index.ts'
import type { backtests as contract } from '#shared/contract/backtests.ts'
import type { Handlers } from '../handlers.ts'

export const backtestRoutes = ({ backtests, reproduction }: Services): Handlers<keyof typeof contract> => ({
  runBacktest: ({ body }) => backtests.run(body),
  getBacktestRun: ({ params }) => backtests.get(params.id),
  reproduceBacktestRun: ({ params }) => reproduction.reproduce(params.id),
  getLeaderboard: ({ query }) => backtests.leaderboard(query),
})
