import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blackScholes, blackScholesPrice, impliedVolatility } from '#shared/kernels/black-scholes.ts'
import { normalCdf } from '#shared/kernels/normal-distribution.ts'

const market = fc.record({
  isCall: fc.boolean(),
  spot: fc.double({ min: 20, max: 800, noNaN: true }),
  moneyness: fc.double({ min: -3, max: 3, noNaN: true }),
  years: fc.double({ min: 1 / (365 * 24), max: 2, noNaN: true }),
  rate: fc.double({ min: -0.01, max: 0.1, noNaN: true }),
  dividendYield: fc.double({ min: 0, max: 0.08, noNaN: true }),
  sigma: fc.double({ min: 0.05, max: 1.5, noNaN: true }),
})

/** Strikes up to three standard deviations from the spot: where a price tells the volatility. */
function strikeOf({
  spot,
  moneyness,
  years,
  sigma,
}: {
  spot: number
  moneyness: number
  years: number
  sigma: number
}): number {
  return spot * Math.exp(moneyness * sigma * Math.sqrt(years))
}

describe('Black–Scholes with continuous yield', () => {
  it('gives the published values of Haug for a call and a put', () => {
    expect(blackScholesPrice(true, 60, 65, 0.25, 0.08, 0, 0.3)).toBeCloseTo(2.1333684449, 9)
    expect(blackScholesPrice(false, 100, 95, 0.5, 0.1, 0.05, 0.2)).toBeCloseTo(2.4647876468, 9)
  })

  it('gives the known price and Greeks at 100, 100, one year, 5 %, 20 %', () => {
    const call = new Float64Array(5)
    const put = new Float64Array(5)
    blackScholes(true, 100, 100, 1, 0.05, 0, 0.2, call)
    blackScholes(false, 100, 100, 1, 0.05, 0, 0.2, put)
    expect(call[0]).toBeCloseTo(10.4505835722, 9)
    expect(put[0]).toBeCloseTo(5.5735260223, 9)
    expect(call[1]).toBeCloseTo(0.6368306512, 9)
    expect(call[2]).toBeCloseTo(0.0187620173, 9)
    expect(call[3]).toBeCloseTo(37.5240346917, 9)
    expect(put[2]).toBe(call[2])
  })

  it('has Greeks that are the derivatives of its price', () => {
    const greeks = new Float64Array(5)
    for (const isCall of [true, false]) {
      const price = (spot: number, years: number, sigma: number) =>
        blackScholesPrice(isCall, spot, 105, years, 0.04, 0.013, sigma)
      blackScholes(isCall, 100, 105, 0.3, 0.04, 0.013, 0.25, greeks)
      const h = 1e-4
      expect(greeks[1]).toBeCloseTo((price(100 + h, 0.3, 0.25) - price(100 - h, 0.3, 0.25)) / (2 * h), 6)
      expect(greeks[2]).toBeCloseTo(
        (price(100.01, 0.3, 0.25) - 2 * price(100, 0.3, 0.25) + price(99.99, 0.3, 0.25)) / 1e-4,
        5,
      )
      expect(greeks[3]).toBeCloseTo((price(100, 0.3, 0.25 + h) - price(100, 0.3, 0.25 - h)) / (2 * h), 5)
      expect(greeks[4]).toBeCloseTo((price(100, 0.3 - h, 0.25) - price(100, 0.3 + h, 0.25)) / (2 * h), 5)
    }
  })

  it('keeps put-call parity to rounding error', () => {
    fc.assert(
      fc.property(market, (m) => {
        const strike = strikeOf(m)
        const call = blackScholesPrice(true, m.spot, strike, m.years, m.rate, m.dividendYield, m.sigma)
        const put = blackScholesPrice(false, m.spot, strike, m.years, m.rate, m.dividendYield, m.sigma)
        const forward = m.spot * Math.exp(-m.dividendYield * m.years) - strike * Math.exp(-m.rate * m.years)
        expect(Math.abs(call - put - forward)).toBeLessThan(1e-11 * (m.spot + strike))
      }),
      { numRuns: 500 },
    )
  })

  it('is worth its intrinsic value at expiry', () => {
    expect(blackScholesPrice(true, 101, 100, 0, 0.05, 0.01, 0.2)).toBe(1)
    expect(blackScholesPrice(false, 101, 100, 0, 0.05, 0.01, 0.2)).toBe(0)
  })
})

describe('implied volatility', () => {
  it('finds the volatility that made the price', () => {
    fc.assert(
      fc.property(market, (m) => {
        const strike = strikeOf(m)
        // Out of the money only: deep inside, the last digits of a price hold no volatility.
        const isCall = strike > m.spot
        const price = blackScholesPrice(isCall, m.spot, strike, m.years, m.rate, m.dividendYield, m.sigma)
        fc.pre(price > 1e-6 * m.spot)
        const found = impliedVolatility(isCall, price, m.spot, strike, m.years, m.rate, m.dividendYield)
        expect(Math.abs(found / m.sigma - 1)).toBeLessThan(1e-7)
      }),
      { numRuns: 500 },
    )
  })

  it('reprices to the given price wherever it answers', () => {
    fc.assert(
      fc.property(market, (m) => {
        const strike = strikeOf(m)
        const price = blackScholesPrice(m.isCall, m.spot, strike, m.years, m.rate, m.dividendYield, m.sigma)
        const found = impliedVolatility(m.isCall, price, m.spot, strike, m.years, m.rate, m.dividendYield)
        fc.pre(!Number.isNaN(found))
        const again = blackScholesPrice(m.isCall, m.spot, strike, m.years, m.rate, m.dividendYield, found)
        expect(Math.abs(again - price)).toBeLessThan(1e-10 * m.spot)
      }),
      { numRuns: 500 },
    )
  })

  it('is NaN under the intrinsic value, above the spot, and without time', () => {
    expect(impliedVolatility(true, 9.99, 110, 100, 0.5, 0, 0)).toBeNaN()
    expect(impliedVolatility(true, 10, 110, 100, 0.5, 0, 0)).toBeNaN()
    expect(impliedVolatility(true, 110.01, 110, 100, 0.5, 0, 0)).toBeNaN()
    expect(impliedVolatility(false, 1, 110, 100, 0, 0, 0)).toBeNaN()
    expect(impliedVolatility(false, 0, 110, 100, 0.5, 0, 0)).toBeNaN()
  })
})

describe('the normal distribution function', () => {
  it('gives tabulated values in the middle and in both tails', () => {
    expect(normalCdf(0)).toBeCloseTo(0.5, 15)
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14)
    expect(normalCdf(-1) + normalCdf(1)).toBeCloseTo(1, 15)
    expect(normalCdf(-8) / 6.220960574271786e-16).toBeCloseTo(1, 7)
    expect(normalCdf(-40)).toBe(0)
    expect(normalCdf(40)).toBe(1)
  })
})
