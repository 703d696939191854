import { normalCdf, normalPdf } from './normal-distribution.ts'

/** Where `blackScholes` writes its five numbers. */
export const bsPrice = 0
export const bsDelta = 1
/** Per unit of the underlying, squared. */
export const bsGamma = 2
/** Per 1.00 of volatility (not per point). */
export const bsVega = 3
/** Per year of calendar time (divide by 365 for a day), negative where the option decays. */
export const bsTheta = 4

/** Year that all option times are measured in: 365 days, epoch ms. */
export const optionYearMs = 365 * 86_400_000

/**
 * Black–Scholes–Merton value and Greeks with continuous yield (Haug, Option Pricing Formulas, 2007, 1.1.6 and ch. 2), into
 * `out` (length 5: price, delta, gamma, vega, theta). Allocates nothing.
 * @param years time to expiry in years of 365 days; at 0 the option is worth its intrinsic value
 * @param rate continuous interest rate, fraction a year
 * @param dividendYield continuous yield, fraction a year
 * @param sigma volatility, fraction a year
 */
export function blackScholes(
  isCall: boolean,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  sigma: number,
  out: Float64Array,
): void {
  const sign = isCall ? 1 : -1
  const deviation = sigma * Math.sqrt(Math.max(years, 0))
  const discount = Math.exp(-rate * years)
  const carry = Math.exp(-dividendYield * years)
  if (!(deviation > 0)) {
    const value = sign * (spot * carry - strike * discount)
    const isInside = value > 0
    out[bsPrice] = Math.max(value, 0)
    out[bsDelta] = isInside ? sign * carry : 0
    out[bsGamma] = 0
    out[bsVega] = 0
    out[bsTheta] = isInside ? sign * (dividendYield * spot * carry - rate * strike * discount) : 0
    return
  }
  const d1 = (Math.log(spot / strike) + (rate - dividendYield) * years) / deviation + deviation / 2
  const d2 = d1 - deviation
  const inside1 = normalCdf(sign * d1)
  const inside2 = normalCdf(sign * d2)
  const density = normalPdf(d1)
  const root = Math.sqrt(years)
  out[bsPrice] = sign * (spot * carry * inside1 - strike * discount * inside2)
  out[bsDelta] = sign * carry * inside1
  out[bsGamma] = (carry * density) / (spot * deviation)
  out[bsVega] = spot * carry * density * root
  out[bsTheta] =
    (-spot * carry * density * sigma) / (2 * root) +
    sign * (dividendYield * spot * carry * inside1 - rate * strike * discount * inside2)
}

const scratch = new Float64Array(5)

/** Black–Scholes–Merton value alone; parameters as in `blackScholes`. */
export function blackScholesPrice(
  isCall: boolean,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  sigma: number,
): number {
  blackScholes(isCall, spot, strike, years, rate, dividendYield, sigma, scratch)
  return scratch[bsPrice]!
}

const lowestSigma = 1e-6
const highestSigma = 100

/**
 * Volatility at which Black–Scholes–Merton gives `price`: Newton steps kept inside a shrinking bracket. NaN where none exists:
 * a price at or under the discounted intrinsic value, at or above the value no option can exceed, or no time left.
 */
export function impliedVolatility(
  isCall: boolean,
  price: number,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
): number {
  if (!(years > 0 && price > 0)) return Number.NaN
  let low = lowestSigma
  let high = highestSigma
  if (!(price > blackScholesPrice(isCall, spot, strike, years, rate, dividendYield, low))) return Number.NaN
  if (!(price < blackScholesPrice(isCall, spot, strike, years, rate, dividendYield, high))) return Number.NaN
  // Brenner and Subrahmanyam (1988): near the money a price is about 0.4 × spot × sigma × √years.
  let sigma = Math.min(Math.max((2.5 * price) / (spot * Math.sqrt(years)), 0.01), 5)
  for (let iteration = 0; iteration < 200; iteration++) {
    blackScholes(isCall, spot, strike, years, rate, dividendYield, sigma, scratch)
    const excess = scratch[bsPrice]! - price
    if (excess > 0) high = sigma
    else low = sigma
    const step = excess / scratch[bsVega]!
    if (excess === 0 || Math.abs(step) <= 1e-13 * sigma || high - low <= 1e-13 * high) return sigma
    // Newton leaves the bracket where vega vanishes; geometric bisection spans the magnitudes of sigma evenly.
    const newton = sigma - step
    sigma = newton > low && newton < high ? newton : Math.sqrt(low * high)
  }
  return sigma
}
