import type { Random } from '#shared/kernels/random.ts'
import { fullMinutes, openShare, shapeMinute, varianceShape, volumeShape } from './session-shape.ts'

/** One session of one instrument by the minute. Prices are logarithms, `close[m]` at the end of minute m. */
export interface MinutePath {
  minutes: number
  /** Log price at the opening auction. */
  start: number
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  /** Own noise of each minute, without drift and without what comes from the market. */
  noise: Float64Array
}

export function createMinutePath(): MinutePath {
  const column = () => new Float64Array(fullMinutes)
  return {
    minutes: 0,
    start: 0,
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    noise: column(),
  }
}

export interface WalkInput {
  /** Standard deviation of the session's own close-to-close return. */
  sigma: number
  /** Log return that the minutes of this walk are pushed by, in all. */
  drift: number
  /** Path of the market that this instrument follows with `beta`, already walked over these minutes. */
  market: MinutePath | null
  beta: number
  /** Contracts or shares of a usual full session. */
  dailyVolume: number
}

/** Carries the slow swings of activity that volatility and volume share within sessions. */
export interface ActivityState {
  level: number
}

const activityDecay = 0.985
const activitySpread = 0.32

/**
 * Walks minutes from … to − 1. Highs and lows are those of the Brownian bridge between a minute's ends (its maximum given both
 * ends has a closed law), so ranges and closes fit together as they do in real bars.
 */
export function walkMinutes(
  path: MinutePath,
  from: number,
  to: number,
  input: WalkInput,
  activity: ActivityState,
  random: Random,
): void {
  const { sigma, market, beta } = input
  const push = input.drift / (to - from)
  const activityStep = activitySpread * Math.sqrt(1 - activityDecay * activityDecay)
  let last = from === 0 ? path.start : path.close[from - 1]!
  for (let m = from; m < to; m++) {
    const shape = shapeMinute(m, path.minutes)
    activity.level = activityDecay * activity.level + activityStep * random.nextGaussian()
    const busy = Math.exp(activity.level - activitySpread * activitySpread)
    const deviation = sigma * Math.sqrt(openShare * varianceShape[shape]!) * busy
    const shock = random.nextGaussian()
    const noise = deviation * shock
    let step = push + noise
    let variance = deviation * deviation
    if (market !== null) {
      const marketStep = market.close[m]! - (m === 0 ? market.start : market.close[m - 1]!)
      step += beta * marketStep
      variance += beta * beta * marketStep * marketStep
    }
    const next = last + step
    const opened = m === 0 ? path.start : last + 0.4 * deviation * random.nextGaussian()
    const square = step * step
    const high = (last + next + Math.sqrt(square - 2 * variance * Math.log(1 - random.next()))) / 2
    const low = (last + next - Math.sqrt(square - 2 * variance * Math.log(1 - random.next()))) / 2
    path.noise[m] = noise
    path.open[m] = opened
    path.high[m] = Math.max(high, opened)
    path.low[m] = Math.min(low, opened)
    path.close[m] = next
    path.volume[m] = Math.round(
      input.dailyVolume *
        volumeShape[shape]! *
        busy *
        (0.55 + 0.4 * Math.abs(shock)) *
        (0.8 + 0.4 * random.next()),
    )
    last = next
  }
}

/** Adds a sudden move to a minute and to all that was walked after it. */
export function addJump(path: MinutePath, minute: number, size: number): void {
  path.close[minute]! += size
  if (size > 0) path.high[minute] = Math.max(path.high[minute]!, path.close[minute]!)
  else path.low[minute] = Math.min(path.low[minute]!, path.close[minute]!)
  path.volume[minute]! *= 3
}
