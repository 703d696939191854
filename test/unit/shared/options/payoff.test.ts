import { describe, expect, it } from 'vitest'
import { optionYearMs } from '#shared/kernels/black-scholes.ts'
import { payoffCurve } from '#shared/options/payoff.ts'
import {
  describePosition,
  legGreeks,
  type OptionLeg,
  type OptionPosition,
  positionValue,
} from '#shared/options/position.ts'

const call = (strike: number, changes: Partial<OptionLeg> = {}): OptionLeg => ({
  ...{ isBought: true, isCall: true, strike, bid: 4, ask: 4, iv: 0.2 },
  ...{ delta: 0.5, openInterest: 1, volume: 1, ...changes },
})
const put = (strike: number, changes: Partial<OptionLeg> = {}) => call(strike, { isCall: false, ...changes })

const positionOf = (...legs: OptionLeg[]): OptionPosition => ({
  legs,
  expiryTs: optionYearMs / 4,
  rate: 0.05,
  dividendYield: 0.02,
})

// Bought at 4, sold at 1.5: verticals that cost 2.5, of width 5.
const bought: Readonly<Record<string, OptionPosition>> = {
  'a call': positionOf(call(100)),
  'a put': positionOf(put(100)),
  'a call vertical': positionOf(call(100), call(105, { isBought: false, bid: 1.5, ask: 1.5 })),
  'a put vertical': positionOf(put(100), put(95, { isBought: false, bid: 1.5, ask: 1.5 })),
}
const curveOf = (position: OptionPosition, marks: number[] = []) => payoffCurve(position, 100, 0, marks)

/** Gain at expiry at prices that the curve must hold. */
function gainsAt(position: OptionPosition, prices: number[]): number[] {
  const { price, atExpiry } = curveOf(position, prices)
  return prices.map((at) => atExpiry[price.indexOf(at)]!)
}

describe('the gain at expiry', () => {
  it('of a call at 4 is −4 up to 100, nothing at 104, and a dollar for each beyond', () => {
    expect(gainsAt(bought['a call']!, [80, 100, 104, 110])).toEqual([-4, -4, 0, 6])
  })

  it('of a put at 4 is the mirror of it', () => {
    expect(gainsAt(bought['a put']!, [120, 100, 96, 80])).toEqual([-4, -4, 0, 16])
  })

  it('of verticals bought at 2.50 ends at the width less that, both ways', () => {
    expect(gainsAt(bought['a call vertical']!, [90, 100, 102.5, 105, 120])).toEqual([-2.5, -2.5, 0, 2.5, 2.5])
    expect(gainsAt(bought['a put vertical']!, [110, 100, 97.5, 95, 80])).toEqual([-2.5, -2.5, 0, 2.5, 2.5])
  })

  it('of a credit vertical begins at what was received: 2.50 for the call at 100 against 105', () => {
    const credit = positionOf(call(105, { bid: 1.5, ask: 1.5 }), call(100, { isBought: false }))
    expect(gainsAt(credit, [90, 100, 102.5, 105, 120])).toEqual([2.5, 2.5, 0, -2.5, -2.5])
  })

  it.each(Object.entries(bought))('of %s agrees with its figures', (_, position) => {
    const { breakEven, maxLoss, maxProfit } = describePosition(position, 100, 0)
    const { atExpiry } = curveOf(position, [breakEven, 200])
    expect(gainsAt(position, [breakEven])[0]).toBeCloseTo(0, 12)
    expect(Math.min(...atExpiry)).toBeCloseTo(-maxLoss, 12)
    if (maxProfit === null) expect(Math.max(...atExpiry)).toBe(96)
    else expect(Math.max(...atExpiry)).toBeLessThanOrEqual(maxProfit)
  })
})

describe('the curve', () => {
  it('is ascending, holds strikes and marks once each, and spans 3.5 deviations', () => {
    const { price } = curveOf(bought['a call vertical']!, [70, 102.5, 100])
    expect([...price]).toEqual([...new Set(price)].toSorted((a, b) => a - b))
    for (const at of [70, 100, 102.5, 105]) expect(price.indexOf(at)).toBeGreaterThanOrEqual(0)
    expect(price[0]).toBe(70)
    expect(price.at(-1)).toBeCloseTo(100 * Math.exp(3.5 * 0.2 * 0.5), 9)
  })

  it('reaches half a percent to either side in the last minutes', () => {
    const { price } = payoffCurve(bought['a call']!, 100, optionYearMs / 4 - 60_000, [])
    expect(price[0]).toBeCloseTo(99.5012, 3)
  })

  it('before expiry is the value of the position less its ask', () => {
    const position = bought['a put vertical']!
    const { price, atSnapshot } = curveOf(position)
    for (const at of [0, 60, 120])
      expect(atSnapshot[at]).toBeCloseTo(positionValue(position, price[at]!, 0) - 2.5, 12)
  })

  it('knows the chance to end below: another program’s N(−d2) for 100, 105, .25, .05, .02, .20', () => {
    const { price, probabilityBelow } = curveOf(bought['a call']!, [105])
    expect(probabilityBelow[price.indexOf(105)]).toBeCloseTo(0.6782825646, 9)
  })
})

describe('the chance of a profit', () => {
  /** Simpson's rule over ln S: the lognormal density where the position is worth more than it cost. */
  function integrate(position: OptionPosition): number {
    const { expiryTs, rate, dividendYield, legs } = position
    const years = expiryTs / optionYearMs
    const deviation = legs[0]!.iv * Math.sqrt(years)
    const mean = Math.log(100) + (rate - dividendYield) * years - deviation ** 2 / 2
    const steps = 200_000
    const width = 16 / steps
    let sum = 0
    for (let i = 0; i <= steps; i++) {
      const z = -8 + i * width
      const gain = gainAtExpiry(position, Math.exp(mean + z * deviation))
      const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2
      if (gain > 0) sum += weight * Math.exp((-z * z) / 2)
    }
    return (sum * width) / 3 / Math.sqrt(2 * Math.PI)
  }

  function gainAtExpiry({ legs }: OptionPosition, price: number): number {
    return legs.reduce((sum, { isBought, isCall, strike, bid, ask }) => {
      const worth = Math.max(0, isCall ? price - strike : strike - price)
      return sum + (isBought ? worth - ask : bid - worth)
    }, 0)
  }

  it.each(Object.entries(bought))('of %s is the mass of the density where it gains', (_, position) => {
    expect(describePosition(position, 100, 0).profitProbability).toBeCloseTo(integrate(position), 4)
  })

  it.each(Object.entries(bought))('of %s is read off the curve at its break-even', (_, position) => {
    const { breakEven, profitProbability } = describePosition(position, 100, 0)
    const { price, probabilityBelow } = curveOf(position, [breakEven])
    const below = probabilityBelow[price.indexOf(breakEven)]!
    expect(position.legs[0]!.isCall ? 1 - below : below).toBeCloseTo(profitProbability, 12)
  })
})

describe('the legs', () => {
  it('add up to the position, a sold one against it', () => {
    const position = bought['a call vertical']!
    const legs = legGreeks(position, 100, 0)
    const figures = describePosition(position, 100, 0)
    for (const name of ['value', 'delta', 'gamma', 'vega', 'theta'] as const)
      expect(legs[0]![name] + legs[1]![name]).toBeCloseTo(figures[name], 12)
    expect(figures.value).toBeCloseTo(positionValue(position, 100, 0), 12)
    expect(legs[1]!.delta).toBeLessThan(0)
  })
})
