import type { Random } from '#shared/kernels/random.ts'

/**
 * The planted edge. Within a session each clock hour has a latent order-flow pressure; it shows, with noise, in that hour's
 * option volume and moves the next hour's price. What an hour's return adds: it reverses before 13:00 and runs on after.
 * All of it decays over the simulated period, as edges do.
 */
export interface HourState {
  /** Order-flow pressure of the hour, standard normal. */
  pressure: number
  /** Return of the hour in standard deviations of it. */
  shock: number
}

/** Correlation of the whole hourly signal with the next hour's return, `progress` 0 … 1 through the period. */
export function hourlyEdge(progress: number, hour: number): number {
  const decayed = 0.1 + 0.18 * Math.exp(-1.8 * progress)
  return decayed * (hour >= 13 ? 1.15 : 0.95)
}

/** Correlation of the overnight signal with the night's return. */
export function overnightEdge(progress: number): number {
  return 0.2 + 0.12 * Math.exp(-1.5 * progress)
}

/** Signal of the fund at the end of an hour for the next one, about standard normal. */
export function fundSignal(hour: number, state: HourState): number {
  return 0.85 * state.pressure + 0.5 * (hour >= 13 ? state.shock : -state.shock)
}

/** Signal of the stock: the hour's own move comes back in part, and it follows the fund's pressure a little. */
export function stockSignal(ownShock: number, fund: HourState): number {
  return -0.8 * ownShock + 0.5 * fund.pressure
}

/**
 * Signal for the night, from what is known some minutes before the close: the return since 15:00 (or the last hour of a half
 * day) in standard deviations, and the last published change of the volatility index in typical changes.
 */
export function overnightSignal(lateShock: number, indexChange: number): number {
  return 0.75 * lateShock + 0.65 * indexChange
}

/** Share of an hour's option volume in calls, from pressure, the return that the crowd follows, and noise. */
export function callShare(state: HourState, random: Random): number {
  const logRatio = 0.3 * (0.85 * state.pressure + 0.15 * state.shock + 0.5 * random.nextGaussian()) - 0.05
  return 1 / (1 + Math.exp(-logRatio))
}

/** ±3: no single hour or night may carry the whole edge. */
export function bound(shock: number): number {
  return Math.min(Math.max(shock, -3), 3)
}
