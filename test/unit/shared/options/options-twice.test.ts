import { describe, expect, it } from 'vitest'
import { blackScholes } from '#shared/kernels/black-scholes.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { premiumResult, summarizePremium, summarizeUnderlying } from '#shared/options/parity.ts'
import { probabilityBeyond } from '#shared/options/position.ts'
import type { TradeOutcome, WalkedTrade } from '#shared/options/walk-trade.ts'
import * as naive from '#test/naive-statistics.ts'
import { isSame } from '#test/reply-places.ts'

const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

/** Simpson's rule over [from, to] in 4,000 steps. */
function integrate(f: (z: number) => number, from: number, to: number): number {
  const h = (to - from) / 4000
  const terms = Array.from({ length: 4001 }, (_, i) => {
    const weight = i === 0 || i === 4000 ? 1 : i % 2 === 1 ? 4 : 2
    return weight * f(from + i * h)
  })
  return (naive.sum(terms) * h) / 3
}

interface Market {
  isCall: boolean
  spot: number
  strike: number
  years: number
  rate: number
  dividendYield: number
  sigma: number
}

function randomMarket(seed: number): Market {
  const random = createRandom(seed)
  const [spot, sigma, years] = [50 + 400 * random.next(), 0.08 + 0.6 * random.next(), 0.02 + random.next()]
  const strike = spot * Math.exp(1.5 * (2 * random.next() - 1) * sigma * Math.sqrt(years))
  const [rate, dividendYield] = [0.08 * random.next(), 0.05 * random.next()]
  return { isCall: seed % 2 === 0, spot, strike, years, rate, dividendYield, sigma }
}

/**
 * The discounted mean of what an option pays, over a lognormal end, times a weight: 1 gives the value, and the derivatives of the
 * density by spot and volatility over the density itself give the Greeks (Broadie and Glasserman, 1996).
 */
function meanPayoff(market: Market, weight: (z: number) => number): number {
  const { isCall, spot, strike, years, rate, dividendYield, sigma } = market
  const deviation = sigma * Math.sqrt(years)
  const middle = Math.log(spot) + (rate - dividendYield) * years - deviation ** 2 / 2
  const kink = Math.min(12, Math.max(-12, (Math.log(strike) - middle) / deviation))
  const pays = (z: number) => Math.abs(Math.exp(middle + deviation * z) - strike) * density(z) * weight(z)
  return Math.exp(-rate * years) * (isCall ? integrate(pays, kink, 14) : integrate(pays, -14, kink))
}

describe('options against a second computation', () => {
  it('value and Greeks by integrating what the option pays', () => {
    const out = new Float64Array(5)
    for (let seed = 0; seed < 60; seed++) {
      const market = randomMarket(seed)
      const { isCall, spot, strike, years, rate, dividendYield, sigma } = market
      blackScholes(isCall, spot, strike, years, rate, dividendYield, sigma, out)
      const root = Math.sqrt(years)
      const value = meanPayoff(market, () => 1)
      const delta = meanPayoff(market, (z) => z / (spot * sigma * root))
      const gamma = meanPayoff(
        market,
        (z) => ((z * z - 1) / (sigma * root) - z) / (spot * spot * sigma * root),
      )
      const vega = meanPayoff(market, (z) => (z * z - 1) / sigma - z * root)
      // The equation of Black and Scholes: what time takes is what the others give.
      const theta =
        rate * value - (rate - dividendYield) * spot * delta - 0.5 * sigma * sigma * spot * spot * gamma
      const second = [value, delta, gamma, vega, theta]
      second.forEach((each, k) => {
        const where = `${seed} ${k}: ${out[k]} is not ${each}`
        expect(Math.abs(out[k]! - each) <= 1e-9 * Math.max(1, spot, Math.abs(each)), where).toBe(true)
      })
    }
  })

  it('the chance to end beyond a level as the mass of the density there', () => {
    for (let seed = 0; seed < 60; seed++) {
      const { spot, strike, years, rate, dividendYield, sigma } = randomMarket(seed)
      const deviation = sigma * Math.sqrt(years)
      const drift = rate - dividendYield
      const level = (Math.log(strike / spot) - drift * years + deviation ** 2 / 2) / deviation
      const above = probabilityBeyond(1, spot, strike, years, drift, sigma)
      const below = probabilityBeyond(-1, spot, strike, years, drift, sigma)
      expect(above).toBeCloseTo(integrate(density, level, 14), 10)
      expect(below).toBeCloseTo(integrate(density, -14, level), 10)
    }
  })
})

describe('parity against a second computation', () => {
  const outcomes: TradeOutcome[] = ['target', 'stop', 'timeout', 'void', 'open']
  const walksOf = (seed: number) => {
    const random = createRandom(seed)
    return Array.from({ length: seed }, () => ({
      walk: {
        outcome: outcomes[random.nextInt(5)]!,
        entryPx: 2 + random.next(),
        exitPx: 4 * random.next(),
      } as WalkedTrade,
      ...{ isLong: random.nextInt(2) === 0, stop: 1 + random.next() / 2, netReturn: random.nextGaussian() },
      ...{ halfSpread: 0.1 * random.next(), legs: 1 + random.nextInt(2) },
    }))
  }
  const shareOf = <T>(all: T[], is: (each: T) => boolean) =>
    all.length === 0 ? null : all.filter(is).length / all.length
  const meanOrNull = (x: number[]) => (x.length === 0 ? null : naive.mean(x))
  const expectAll = <T extends object>(given: T, second: { [K in keyof T]: number | null }, seed: number) => {
    for (const [name, value] of Object.entries(given)) {
      const other = second[name as keyof T]
      expect(isSame(value, other), `${seed} ${name} is ${value}, by its definition ${other}`).toBe(true)
    }
  }

  it('rates and returns on the underlying and on the premium, of those that ended', () => {
    for (let seed = 0; seed < 40; seed++) {
      const all = walksOf(seed)
      const how = (each: TradeOutcome) => all.filter(({ walk }) => walk.outcome === each).length
      const ended = all.filter(({ walk }) => ['target', 'stop', 'timeout'].includes(walk.outcome))
      const counts = {
        ...{ trades: ended.length, timeouts: how('timeout'), not_entered: how('void'), open: how('open') },
      }
      const is = (each: TradeOutcome) => (trade: (typeof all)[number]) => trade.walk.outcome === each
      expectAll(
        summarizeUnderlying(all),
        {
          ...counts,
          hit_rate: shareOf(ended, is('target')),
          stop_rate: shareOf(ended, is('stop')),
          // A move against a long trade is one for a short one; risk is the way to the stop.
          avg_rr: meanOrNull(
            ended.map(({ walk: { entryPx, exitPx }, isLong, stop }) => {
              const moved = isLong ? exitPx - entryPx : entryPx - exitPx
              return moved / (Math.max(entryPx, stop) - Math.min(entryPx, stop))
            }),
          ),
          avg_return: meanOrNull(ended.map(({ netReturn }) => netReturn)),
        },
        seed,
      )
      // A cent of slippage and 65 cents for 100 shares, each leg and side; nothing is sold at a loss.
      const money = ended.map(({ walk: { entryPx, exitPx }, halfSpread, legs }) => {
        const side = halfSpread + 0.01 * legs + 0.0065 * legs
        const received = exitPx > side ? exitPx - side : 0
        return { paid: entryPx + side, received, cost: side + Math.min(side, exitPx) }
      })
      expectAll(
        summarizePremium(all),
        {
          ...counts,
          hit_rate_target: shareOf(ended, is('target')),
          hit_rate_stop: shareOf(ended, is('stop')),
          avg_return: meanOrNull(money.map(({ paid, received }) => received / paid - 1)),
          win_rate: shareOf(money, ({ paid, received }) => received > paid),
          avg_pnl: meanOrNull(money.map(({ paid, received }) => (received - paid) * 100)),
          total_pnl: 100 * (naive.sum(money.map((m) => m.received)) - naive.sum(money.map((m) => m.paid))),
          costs: naive.sum(money.map(({ cost }) => cost * 100)),
        },
        seed,
      )
      for (const { walk, halfSpread, legs } of ended) {
        const { paid, pnl, costs } = premiumResult(walk, halfSpread, legs)
        // Without any costs it would have gained what the premium moved.
        expect(pnl + costs).toBeCloseTo(walk.exitPx - walk.entryPx, 12)
        expect(paid).toBeGreaterThan(walk.entryPx)
      }
    }
  })
})
