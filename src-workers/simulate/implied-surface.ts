import { fullMinutes, halfMinutes, openShare, remainingShape, varianceShape } from './session-shape.ts'
import { type VarianceModel, varianceHorizon } from './variance-model.ts'

/** Continuous rates that all simulated options are priced with, fractions a year. */
export const interestRate = 0.05
export const dividendYield = 0.013

/** What the option market expects in one session. */
export interface ImpliedSurface {
  sigma: number
  /** Expected variance of the k sessions after this one. */
  cumulative: Float64Array
  /** Slope of the smile per standard deviation of moneyness, negative. */
  skew: number
  /** Curvature of the smile per squared standard deviation. */
  curvature: number
}

const remainingFull = remainingShape(varianceShape, fullMinutes)
const remainingHalf = remainingShape(varianceShape, halfMinutes)

export function createSurface(): ImpliedSurface {
  return { sigma: 0, cumulative: new Float64Array(varianceHorizon + 1), skew: -0.1, curvature: 0.015 }
}

/** Takes the expectations of the present session from the model. */
export function updateSurface(surface: ImpliedSurface, model: VarianceModel): void {
  surface.sigma = model.sigma()
  model.foresee(surface.cumulative)
}

/** Options cost more than the volatility that follows: what is asked for n sessions, as a factor on volatility. */
export function volatilityPremium(sessions: number): number {
  return 1.07 + 0.02 * Math.log(1 + sessions / 5)
}

/** Variance expected from minute `minute` of the session to the close `sessionsAhead` sessions later. */
export function varianceToExpiry(
  surface: ImpliedSurface,
  minute: number,
  minutes: number,
  sessionsAhead: number,
): number {
  const remaining = minutes === fullMinutes ? remainingFull : remainingHalf
  const today = openShare * surface.sigma * surface.sigma * remaining[minute]!
  return today + surface.cumulative[sessionsAhead]!
}

/** Factor on at-the-money volatility at a log moneyness of `x` standard deviations. */
export function smile(surface: ImpliedSurface, x: number): number {
  const bounded = Math.min(Math.max(x, -4), 3)
  return 1 + surface.skew * bounded + surface.curvature * bounded * bounded
}

/** Volatility index over `sessions` sessions after the present one, in points (15.32 is 15.32 % a year). */
export function indexLevel(surface: ImpliedSurface, sessions: number): number {
  const variance = (surface.cumulative[sessions]! * 252) / sessions
  return Math.round(1e4 * Math.sqrt(variance) * volatilityPremium(sessions)) / 100
}
