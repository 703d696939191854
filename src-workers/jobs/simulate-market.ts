import type { JobHandler } from '#shared/jobs/define.ts'
import type { simulateMarketJob } from '#shared/jobs/simulate-market.ts'
import { simulateMarket } from '#workers/simulate/simulate-market.ts'

/** Makes the simulated part of the sample data. */
export const simulateMarketHandler: JobHandler<typeof simulateMarketJob> = simulateMarket
