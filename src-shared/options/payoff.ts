import { optionYearMs } from '#shared/kernels/black-scholes.ts'
import { type OptionPosition, positionValue, probabilityBeyond, quotePosition } from './position.ts'

/** What a position bought at its ask gains by the price of the underlying, dollars per share. */
export interface PayoffCurve {
  /** Ascending; the strikes and the marked prices are among them, so that no kink falls between two. */
  price: Float64Array
  /** Intrinsic value at expiry less the ask. */
  atExpiry: Float64Array
  /** Black–Scholes–Merton value at the given instant less the ask, each leg at its own volatility. */
  atSnapshot: Float64Array
  /** Risk-neutral chance that the underlying ends below the price. */
  probabilityBelow: Float64Array
}

const steps = 120
/** How far the curve reaches: 3.5 deviations hold 99.95 % of where the underlying may end. */
const deviations = 3.5
/** Least reach on either side, a fraction of the price: hours before expiry a deviation is a hair. */
const leastReach = 0.005

/**
 * Gain of a position at expiry and at an instant before it, over prices of the underlying that span ±3.5 deviations of ln S and
 * every marked price. The underlying ends lognormal in the pricing measure: ln S_T ~ N(ln S + (r − q − σ²/2)T, σ²T), σ the
 * volatility of the bought leg, r and q as the position was priced (Black and Scholes, 1973; Merton, 1973), so that the chance
 * to end below K is N(−d2).
 * @param spot price of the underlying now
 * @param ts now, epoch ms UTC, before the expiry
 * @param marks further prices that must be on the curve: break-even, stop, target
 */
export function payoffCurve(
  position: OptionPosition,
  spot: number,
  ts: number,
  marks: readonly number[],
): PayoffCurve {
  const { legs, expiryTs, rate, dividendYield } = position
  const { ask } = quotePosition(legs)
  const iv = legs[0]!.iv
  const years = (expiryTs - ts) / optionYearMs
  const reach = Math.max(leastReach, deviations * iv * Math.sqrt(years))
  const wanted = [spot, ...marks, ...legs.map(({ strike }) => strike)].filter((each) => each > 0)
  const price = spread(wanted, spot * Math.exp(-reach), spot * Math.exp(reach))
  const curve: PayoffCurve = {
    price,
    atExpiry: new Float64Array(price.length),
    atSnapshot: new Float64Array(price.length),
    probabilityBelow: new Float64Array(price.length),
  }
  for (let i = 0; i < price.length; i++) {
    const at = price[i]!
    curve.atExpiry[i] = positionValue(position, at, expiryTs) - ask
    curve.atSnapshot[i] = positionValue(position, at, ts) - ask
    curve.probabilityBelow[i] = probabilityBeyond(-1, spot, at, years, rate - dividendYield, iv)
  }
  return curve
}

/** Even steps from the lowest to the highest of all prices, with the wanted ones between them; ascending, each once. */
function spread(wanted: readonly number[], low: number, high: number): Float64Array {
  const from = Math.min(low, ...wanted)
  const to = Math.max(high, ...wanted)
  const even = Array.from({ length: steps + 1 }, (_, i) => from + ((to - from) * i) / steps)
  return Float64Array.from(new Set([...even, ...wanted])).sort()
}
