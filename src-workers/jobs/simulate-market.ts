import { sessionByNumber, sessionsBetween } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { JobHandler } from '#shared/jobs/define.ts'
import type { simulateMarketJob } from '#shared/jobs/simulate-market.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { appendBars, createBars, finishBars } from '#workers/simulate/collect-bars.ts'
import { fullMinutes, halfMinutes, minutesOfHour } from '#workers/simulate/session-shape.ts'
import { createFund, finishFundDay, startFundDay, walkFundHour } from '#workers/simulate/simulate-fund.ts'
import {
  createOptionMarket,
  finishOptionDay,
  finishOptionMarket,
  startOptionDay,
  tradeOptionHour,
} from '#workers/simulate/simulate-options.ts'
import {
  createStock,
  finishStockDay,
  startStockDay,
  walkStockHour,
} from '#workers/simulate/simulate-stock.ts'

const firstHour = 9
const lastHour = 15

/**
 * Simulates the sample market session by session and, within each, clock hour by clock hour: the fund moves, the stock moves
 * with it and by itself, options trade, chains are quoted. Equal inputs give equal bytes.
 */
export const simulateMarket: JobHandler<typeof simulateMarketJob> = (input, context) => {
  const { first, end } = sessionsBetween(input.firstDate, input.lastDate)
  const sessions = end - first
  if (sessions === 0)
    throw new SigmaError('INVALID_PARAM', `no session from ${input.firstDate} to ${input.lastDate}`)
  // Each part draws from a stream of its own, so that a change to one leaves the others as they were.
  const stream = (part: number) => createRandom(input.seed * 16 + part)
  const fund = createFund(sessions, stream(0))
  const stock = createStock(stream(1))
  const options = createOptionMarket(sessions, {
    flow: stream(2),
    trades: stream(3),
    quotes: stream(4),
    positions: stream(5),
  })
  const fundBars = createBars(sessions)
  const stockBars = createBars(sessions)

  for (let day = 0; day < sessions; day++) {
    if (context.cancelled()) throw new SigmaError('CANCELED', 'simulation canceled')
    const { number, open, close, halfDay } = sessionByNumber(first + day)
    const minutes = halfDay ? halfMinutes : fullMinutes
    const progress = day / sessions
    startFundDay(fund, day, minutes, progress)
    startStockDay(stock, fund, minutes, progress)
    startOptionDay(options, fund, number, open, close)
    for (let hour = firstHour; hour <= lastHour; hour++) {
      const { from, to } = minutesOfHour(hour, minutes)
      if (from >= to) break
      walkFundHour(fund, hour, from, to, progress)
      walkStockHour(stock, fund, hour, from, to, progress)
      tradeOptionHour(options, fund, hour, from, to, progress)
    }
    appendBars(fundBars, fund.path, number, open)
    appendBars(stockBars, stock.path, number, open)
    finishStockDay(stock, fund)
    finishFundDay(fund, day, number)
    finishOptionDay(options, number)
    context.report({ done: day + 1, total: sessions })
  }
  return {
    fund: finishBars(fundBars),
    stock: finishBars(stockBars),
    index: fund.index,
    ...finishOptionMarket(options),
  }
}
