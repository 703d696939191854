import type { IndexSeries } from '#shared/jobs/build-matrix.ts'
import type { Random } from '#shared/kernels/random.ts'
import {
  bound,
  fundSignal,
  type HourState,
  hourlyEdge,
  overnightEdge,
  overnightSignal,
} from './hourly-edge.ts'
import { createSurface, type ImpliedSurface, indexLevel, updateSurface } from './implied-surface.ts'
import { type ActivityState, addJump, createMinutePath, type MinutePath, walkMinutes } from './minute-path.ts'
import { hourDeviation, openShare } from './session-shape.ts'
import { createVarianceModel, type VarianceModel } from './variance-model.ts'

const firstPrice = 440
const dailyShares = 62_000_000
const meanDrift = 0.0004
/** Slow drift that momentum can catch: half of it is gone after 27 sessions. */
const driftDecay = 0.975
const driftSpread = 0.0005
const jumpChance = 0.025

const noHour: HourState = { pressure: 0, shock: 0 }

/** The index fund through the simulation. */
export interface Fund {
  random: Random
  model: VarianceModel
  surface: ImpliedSurface
  path: MinutePath
  activity: ActivityState
  /** Log price at the last close. */
  lastClose: number
  drift: number
  sigma: number
  /** The hour walked last and the one before it. */
  hour: HourState
  previousHour: HourState
  lateShock: number
  index: IndexSeries
}

export function createFund(sessions: number, random: Random): Fund {
  const column = () => new Float64Array(sessions)
  return {
    random,
    model: createVarianceModel(1, 1),
    surface: createSurface(),
    path: createMinutePath(),
    activity: { level: 0 },
    lastClose: Math.log(firstPrice),
    drift: 0,
    sigma: 0,
    hour: noHour,
    previousHour: noHour,
    lateShock: 0,
    index: {
      length: sessions,
      session: new Int32Array(sessions),
      vix: column(),
      vix9d: column(),
      vix3m: column(),
      vix6m: column(),
    },
  }
}

/** The night before a session, and what its option market expects. */
export function startFundDay(fund: Fund, day: number, minutes: number, progress: number): void {
  const { random, model, path } = fund
  fund.sigma = model.sigma()
  updateSurface(fund.surface, model)
  fund.surface.skew = Math.min(-0.04, 0.97 * fund.surface.skew - 0.003 + 0.004 * random.nextGaussian())
  fund.drift =
    driftDecay * fund.drift + driftSpread * Math.sqrt(1 - driftDecay * driftDecay) * random.nextGaussian()
  const deviation = fund.sigma * Math.sqrt(1 - openShare)
  const signal = overnightSignal(fund.lateShock, indexChange(fund.index, day))
  const surprise = random.next() < 2 * jumpChance ? 1.6 * random.nextGaussian() : 0
  const night = overnightEdge(progress) * signal + random.nextGaussian() + surprise
  path.minutes = minutes
  path.start = fund.lastClose + (meanDrift + fund.drift) / 3 + deviation * night
  fund.hour = noHour
}

/** One clock hour: pushed by what the hour before it showed, then it shows its own pressure. */
export function walkFundHour(fund: Fund, hour: number, from: number, to: number, progress: number): void {
  const { random, path } = fund
  const deviation = hourDeviation(fund.sigma, from, to, path.minutes)
  fund.previousHour = fund.hour
  const push = hourlyEdge(progress, hour - 1) * fundSignal(hour - 1, fund.previousHour) * deviation
  const slow = ((meanDrift + fund.drift) * (2 / 3) * (to - from)) / path.minutes
  const market = { sigma: fund.sigma, drift: push + slow, market: null, beta: 0, dailyVolume: dailyShares }
  walkMinutes(path, from, to, market, fund.activity, random)
  if (random.next() < jumpChance / 6) addJump(path, to - 1, fund.sigma * 0.9 * random.nextGaussian())
  const started = from === 0 ? path.start : path.close[from - 1]!
  fund.hour = { pressure: random.nextGaussian(), shock: bound((path.close[to - 1]! - started) / deviation) }
}

/** Settles the day: publishes the index levels and moves volatility on. */
export function finishFundDay(fund: Fund, day: number, session: number): void {
  const { path, model, index, surface } = fund
  const { minutes } = path
  // Ten minutes before the close is what a trader of the close still sees in time.
  const from = minutes - 60
  const to = minutes - 10
  const late = path.close[to - 1]! - path.close[from - 1]!
  fund.lateShock = bound(late / hourDeviation(fund.sigma, from, to, minutes))
  model.step((path.close[minutes - 1]! - fund.lastClose) / fund.sigma)
  fund.lastClose = path.close[minutes - 1]!
  updateSurface(surface, model)
  index.session[day] = session
  index.vix9d[day] = indexLevel(surface, 6)
  index.vix[day] = indexLevel(surface, 21)
  index.vix3m[day] = indexLevel(surface, 63)
  index.vix6m[day] = indexLevel(surface, 126)
}

/** Last change of the index that was public before yesterday's close, in typical changes. */
function indexChange({ vix }: IndexSeries, day: number): number {
  if (day < 3) return 0
  return bound((vix[day - 2]! / vix[day - 3]! - 1) / 0.05)
}
