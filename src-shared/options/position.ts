import {
  blackScholes,
  bsDelta,
  bsGamma,
  bsPrice,
  bsTheta,
  bsVega,
  optionYearMs,
} from '#shared/kernels/black-scholes.ts'
import { normalCdf } from '#shared/kernels/normal-distribution.ts'

/** One contract of a position as it was quoted when it was chosen. Dollars per share; a contract is 100 shares. */
export interface OptionLeg {
  isBought: boolean
  isCall: boolean
  strike: number
  bid: number
  ask: number
  /** Volatility at which Black–Scholes gives the mid, fraction a year. */
  iv: number
  delta: number
  openInterest: number
  volume: number
}

/** A bought option, or a vertical: the first leg is bought, the second one sold. */
export interface OptionPosition {
  legs: readonly OptionLeg[]
  /** Epoch ms UTC. */
  expiryTs: number
  /** Continuous rates, fractions a year. */
  rate: number
  dividendYield: number
}

/** Quotes of the position as a whole: what it costs and brings at once. */
export interface PositionQuote {
  bid: number
  ask: number
  mid: number
  halfSpread: number
}

/** Black–Scholes–Merton value and Greeks, dollars per share. */
export interface Greeks {
  value: number
  delta: number
  gamma: number
  /** Per 1.00 of volatility. */
  vega: number
  /** Per year. */
  theta: number
}

export interface PositionFigures extends Greeks {
  breakEven: number
  /** Dollars per share, positive. */
  maxLoss: number
  /** null: without limit. */
  maxProfit: number | null
  /** Risk-neutral probability that the position is worth more than it cost at expiry. */
  profitProbability: number
}

const scratch = new Float64Array(5)

/** Black–Scholes–Merton value of the position per share, each leg at its own volatility; intrinsic at and after expiry. */
export function positionValue(position: OptionPosition, spot: number, ts: number): number {
  const { legs, expiryTs, rate, dividendYield } = position
  const years = Math.max(0, expiryTs - ts) / optionYearMs
  let value = 0
  for (let i = 0; i < legs.length; i++) {
    const { isCall, isBought, strike, iv } = legs[i]!
    blackScholes(isCall, spot, strike, years, rate, dividendYield, iv, scratch)
    value += isBought ? scratch[bsPrice]! : -scratch[bsPrice]!
  }
  return value
}

/** A vertical is bought at the ask of one leg and the bid of the other, and sold the other way round. */
export function quotePosition(legs: readonly OptionLeg[]): PositionQuote {
  let bid = 0
  let ask = 0
  for (const leg of legs) {
    bid += leg.isBought ? leg.bid : -leg.ask
    ask += leg.isBought ? leg.ask : -leg.bid
  }
  return { bid, ask, mid: (bid + ask) / 2, halfSpread: (ask - bid) / 2 }
}

/** What a trader asks of a position before buying it at its ask. */
export function describePosition(position: OptionPosition, spot: number, ts: number): PositionFigures {
  const { legs, expiryTs, rate, dividendYield } = position
  const { ask } = quotePosition(legs)
  const bought = legs[0]!
  const sold = legs[1]
  const sign = bought.isCall ? 1 : -1
  const breakEven = bought.strike + sign * ask
  const years = (expiryTs - ts) / optionYearMs
  const figures: PositionFigures = {
    breakEven,
    maxLoss: ask,
    maxProfit: sold
      ? Math.abs(sold.strike - bought.strike) - ask
      : bought.isCall
        ? null
        : bought.strike - ask,
    profitProbability: probabilityBeyond(sign, spot, breakEven, years, rate - dividendYield, bought.iv),
    value: 0,
    delta: 0,
    gamma: 0,
    vega: 0,
    theta: 0,
  }
  for (const leg of legGreeks(position, spot, ts)) {
    figures.value += leg.value
    figures.delta += leg.delta
    figures.gamma += leg.gamma
    figures.vega += leg.vega
    figures.theta += leg.theta
  }
  return figures
}

/** Value and Greeks of each leg as it is held: those of a sold one count against the position, so that they add up to it. */
export function legGreeks(position: OptionPosition, spot: number, ts: number): Greeks[] {
  const { legs, expiryTs, rate, dividendYield } = position
  const years = (expiryTs - ts) / optionYearMs
  return legs.map(({ isCall, isBought, strike, iv }) => {
    blackScholes(isCall, spot, strike, years, rate, dividendYield, iv, scratch)
    const quantity = isBought ? 1 : -1
    return {
      value: quantity * scratch[bsPrice]!,
      delta: quantity * scratch[bsDelta]!,
      gamma: quantity * scratch[bsGamma]!,
      vega: quantity * scratch[bsVega]!,
      theta: quantity * scratch[bsTheta]!,
    }
  })
}

/** N(±d2) at a level: chance that the underlying ends above it (sign 1) or below it (−1) in the pricing measure. */
export function probabilityBeyond(
  sign: number,
  spot: number,
  level: number,
  years: number,
  drift: number,
  iv: number,
): number {
  if (level <= 0) return sign > 0 ? 1 : 0
  const deviation = iv * Math.sqrt(years)
  const d2 = (Math.log(spot / level) + drift * years) / deviation - deviation / 2
  return normalCdf(sign * d2)
}
