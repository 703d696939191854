import type { Random } from '#shared/kernels/random.ts'
import { bound, hourlyEdge, overnightEdge, overnightSignal, stockSignal } from './hourly-edge.ts'
import { type ActivityState, addJump, createMinutePath, type MinutePath, walkMinutes } from './minute-path.ts'
import { hourDeviation, openShare } from './session-shape.ts'
import type { Fund } from './simulate-fund.ts'
import { createVarianceModel, type VarianceModel } from './variance-model.ts'

const firstPrice = 190
const dailyShares = 52_000_000
const beta = 1.15
const driftDecay = 0.975
const driftSpread = 0.0007
const meanDrift = 0.0002
/** Sessions between earnings, whose surprise falls into the night. */
const earningsEvery = 63

/** One stock that follows the fund and has noise, drift and earnings of its own. */
export interface Stock {
  random: Random
  model: VarianceModel
  path: MinutePath
  activity: ActivityState
  lastClose: number
  /** Return since the last close that neither the market nor earnings made. */
  ownReturn: number
  sigma: number
  drift: number
  hourShock: number
  lateShock: number
  day: number
}

export function createStock(random: Random): Stock {
  return {
    random,
    model: createVarianceModel(1.35, 0.4),
    path: createMinutePath(),
    activity: { level: 0 },
    lastClose: Math.log(firstPrice),
    ownReturn: 0,
    sigma: 0,
    drift: 0,
    hourShock: 0,
    lateShock: 0,
    day: 0,
  }
}

/** The night before a session. Call after the fund's own night. */
export function startStockDay(stock: Stock, fund: Fund, minutes: number, progress: number): void {
  const { random, model, path } = stock
  stock.sigma = model.sigma()
  stock.drift =
    driftDecay * stock.drift + driftSpread * Math.sqrt(1 - driftDecay * driftDecay) * random.nextGaussian()
  const deviation = stock.sigma * Math.sqrt(1 - openShare)
  const earnings = stock.day % earningsEvery === 21 ? 3.2 * random.nextGaussian() : 0
  const night =
    overnightEdge(progress) * overnightSignal(stock.lateShock, 0) + random.nextGaussian() + earnings
  const own = (meanDrift + stock.drift) / 3 + deviation * night
  path.minutes = minutes
  path.start = stock.lastClose + beta * (fund.path.start - fund.lastClose) + own
  stock.ownReturn = own - deviation * earnings
  stock.hourShock = 0
}

/** One clock hour, after the fund has walked it. */
export function walkStockHour(
  stock: Stock,
  fund: Fund,
  hour: number,
  from: number,
  to: number,
  progress: number,
): void {
  const { random, path } = stock
  const own = hourDeviation(stock.sigma, from, to, path.minutes)
  const all = Math.hypot(own, beta * hourDeviation(fund.sigma, from, to, path.minutes))
  const signal = stockSignal(stock.hourShock, fund.previousHour)
  const push = hourlyEdge(progress, hour - 1) * signal * all
  const slow = ((meanDrift + stock.drift) * (2 / 3) * (to - from)) / path.minutes
  const input = { sigma: stock.sigma, drift: push + slow, market: fund.path, beta, dailyVolume: dailyShares }
  walkMinutes(path, from, to, input, stock.activity, random)
  if (random.next() < 0.004) addJump(path, to - 1, stock.sigma * 1.2 * random.nextGaussian())
  const started = from === 0 ? path.start : path.close[from - 1]!
  stock.hourShock = bound((path.close[to - 1]! - started) / all)
}

/** Settles the day. Call before the fund's own day is settled. */
export function finishStockDay(stock: Stock, fund: Fund): void {
  const { path } = stock
  const last = path.minutes - 1
  const from = path.minutes - 60
  const to = path.minutes - 10
  const late = path.close[to - 1]! - path.close[from - 1]!
  const spread = hourDeviation(Math.hypot(stock.sigma, beta * fund.sigma), from, to, path.minutes)
  stock.lateShock = bound(late / spread)
  stock.ownReturn += path.close[last]! - path.start - beta * (fund.path.close[last]! - fund.path.start)
  stock.model.step(stock.ownReturn / stock.sigma)
  stock.lastClose = path.close[last]!
  stock.day++
}
