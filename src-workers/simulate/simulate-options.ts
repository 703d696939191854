import type { ChainTable, OptionMinutes } from '#shared/jobs/market-types.ts'
import type { Random } from '#shared/kernels/random.ts'
import { cents } from './collect-bars.ts'
import { callShare } from './hourly-edge.ts'
import { listedExpiries } from './listed-expiries.ts'
import { createOpenInterestBook, type OpenInterestBook } from './open-interest.ts'
import { createChain, finishChain, type ListedExpiry, listExpiry, takeSnapshot } from './option-chain.ts'
import {
  createOptionMinutes,
  finishOptionMinutes,
  type OptionSession,
  tradedStrikes,
  tradeOptions,
} from './option-minutes.ts'
import { remainingShape, volumeShape } from './session-shape.ts'
import type { Fund } from './simulate-fund.ts'

const snapshotsPerSession = 7
const usualQuotes = 540
const usualTrades = 3000
/** Same-day contracts of a usual hour, calls and puts, from 09:30–10:00 to 15:00–16:00. */
const contractsByHour = [5_000, 8_000, 6_000, 5_000, 5_400, 6_500, 10_000]
const firstHour = 9

interface Streams {
  flow: Random
  trades: Random
  quotes: Random
  positions: Random
}

/** The options on the fund through the simulation. */
export interface OptionMarket extends Streams {
  chain: ChainTable
  minutes: OptionMinutes
  book: OpenInterestBook
  day: OptionSession | null
  expiries: ListedExpiry[]
  /** Activity of the day relative to a usual one. */
  busy: number
  remainingVolume: Float64Array
}

export function createOptionMarket(sessions: number, streams: Streams): OptionMarket {
  return {
    ...streams,
    chain: createChain(sessions * snapshotsPerSession, sessions * snapshotsPerSession * usualQuotes),
    minutes: createOptionMinutes(sessions * usualTrades),
    book: createOpenInterestBook(streams.positions),
    day: null,
    expiries: [],
    busy: 1,
    remainingVolume: new Float64Array(0),
  }
}

/** Lists the day's contracts. Call after the fund's night. */
export function startOptionDay(
  market: OptionMarket,
  fund: Fund,
  session: number,
  openTs: number,
  closeTs: number,
): void {
  const { path, surface } = fund
  const previousClose = cents(fund.lastClose)
  const open = cents(path.start)
  const day: OptionSession = {
    session,
    openTs,
    closeTs,
    centre: Math.round(previousClose),
    path,
    surface,
    tradedSoFar: new Float64Array(2 * tradedStrikes),
  }
  const low = Math.min(previousClose, open)
  const high = Math.max(previousClose, open)
  market.day = day
  market.expiries = listedExpiries(session).map((expiry) =>
    listExpiry(expiry, day, low, high, market.book, market.positions),
  )
  market.busy = Math.exp(0.22 * market.flow.nextGaussian()) * (surface.sigma / 0.007) ** 0.5
  market.remainingVolume = remainingShape(volumeShape, path.minutes)
}

/** Trades one clock hour and takes the snapshot at its end. Call after the fund has walked it. */
export function tradeOptionHour(
  market: OptionMarket,
  fund: Fund,
  hour: number,
  from: number,
  to: number,
  progress: number,
): void {
  const day = market.day
  if (day === null) return
  const usual = contractsByHour[hour - firstHour]! * (1 + 0.4 * progress)
  const contracts = usual * market.busy * Math.exp(0.25 * market.flow.nextGaussian())
  const share = callShare(fund.hour, market.flow)
  tradeOptions(market.minutes, day, from, to, contracts * share, contracts * (1 - share), market.trades)
  const volumeShare = 1 - market.remainingVolume[to]! / market.remainingVolume[0]!
  takeSnapshot(market.chain, day, market.expiries, to, volumeShare, market.quotes)
}

/** Lets the night pass over open positions. */
export function finishOptionDay(market: OptionMarket, session: number): void {
  market.book.settle(session + 1)
}

export function finishOptionMarket(market: OptionMarket): {
  chain: ChainTable
  optionMinutes: OptionMinutes
} {
  return { chain: finishChain(market.chain), optionMinutes: finishOptionMinutes(market.minutes) }
}
