/** Furthest session ahead whose variance is foreseen. */
export const varianceHorizon = 170

const baseLogSigma = Math.log(0.118 / Math.sqrt(252))
const fastDecay = 0.87
const slowDecay = 0.985
/** Mean and spread of a shock's size: simulated days have fatter tails, hence smaller usual sizes, than the normal 0.80. */
const usualSize = 0.755
const sizeVariance = 1 - usualSize * usualSize

/** Daily log volatility with a fast and a slow part, each moved by the size and the sign of the day's shock. */
export interface VarianceModel {
  /** Standard deviation of the present session's close-to-close return. */
  sigma: () => number
  /** cumulative[k] = expected variance of the k sessions after the present one, k = 0 … varianceHorizon. */
  foresee: (cumulative: Float64Array) => void
  /** Moves to the next session after a return of `shock` standard deviations. */
  step: (shock: number) => void
}

/**
 * Two-component EGARCH (Nelson 1991; Engle and Lee 1999 for the split): falls raise volatility more than rises (`leverage`).
 * @param scale volatility relative to an index at 11.5 % a year
 */
export function createVarianceModel(scale: number, leverage: number): VarianceModel {
  const base = baseLogSigma + Math.log(scale)
  const fastSize = 0.18
  const slowSize = 0.03
  const fastSign = 0.1 * leverage
  const slowSign = 0.02 * leverage
  const fastSpread = (fastSize * fastSize * sizeVariance + fastSign * fastSign) / (1 - fastDecay * fastDecay)
  const slowSpread = (slowSize * slowSize * sizeVariance + slowSign * slowSign) / (1 - slowDecay * slowDecay)
  let fast = 0
  let slow = 0
  return {
    sigma: () => Math.exp(base + fast + slow),
    foresee: (cumulative) => {
      let fastPower = 1
      let slowPower = 1
      let sum = 0
      cumulative[0] = 0
      for (let k = 1; k <= varianceHorizon; k++) {
        fastPower *= fastDecay
        slowPower *= slowDecay
        const mean = 2 * (base + fast * fastPower + slow * slowPower)
        const spread = fastSpread * (1 - fastPower * fastPower) + slowSpread * (1 - slowPower * slowPower)
        sum += Math.exp(mean + 2 * spread)
        cumulative[k] = sum
      }
    },
    step: (shock) => {
      const bounded = Math.min(Math.max(shock, -4), 4)
      const size = Math.abs(bounded) - usualSize
      fast = fastDecay * fast + fastSize * size - fastSign * bounded
      slow = slowDecay * slow + slowSize * size - slowSign * bounded
    },
  }
}
