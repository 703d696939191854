import { describe, expect, it } from 'vitest'
import { newYorkDate } from '#shared/calendar/new-york.ts'
import { sessionClose, sessionOfDate } from '#shared/calendar/sessions.ts'
import { type ContractWish, chooseContract } from '#shared/options/choose-contract.ts'
import { impliedYield } from '#shared/options/implied-carry.ts'
import {
  expiryKind,
  listedExpiries,
  nearestExpiry,
  snapshotKnownAt,
  standardExpiries,
} from '#shared/options/list-expiries.ts'
import { occSymbol } from '#shared/options/occ-symbol.ts'
import { chainOf, type Quote } from '#test/indicator-chain.ts'

const session = sessionOfDate('2024-01-03')
const ts = sessionClose[session]!
const expiryTs = ts + 30 * 86_400_000

// Black–Scholes at spot 100, 30 days, rate .05, yield .01, volatility .25, to a tenth of a cent, and a dime wide: worked out with
// the error function of another program.
const table: [strike: number, put: number, putDelta: number, call: number, callDelta: number][] = [
  [90, 0.1916, -0.0603, 10.4785, 0.9389],
  [95, 0.8956, -0.2124, 6.2031, 0.7867],
  [100, 2.6907, -0.4671, 3.0187, 0.5321],
  [105, 5.8183, -0.7248, 1.1667, 0.2744],
  [110, 9.9841, -0.8933, 0.3531, 0.1059],
]

function quotesOf(change: (quote: Quote) => Partial<Quote> = () => ({})): Quote[] {
  return table.flatMap(([strike, put, putDelta, call, callDelta]) =>
    [false, true].map((isCall) => {
      const mid = isCall ? call : put
      const quote: Quote = {
        expiry: expiryTs,
        strike,
        isCall,
        bid: mid - 0.05,
        ask: mid + 0.05,
        delta: isCall ? callDelta : putDelta,
        openInterest: 500,
        volume: 100,
      }
      return { ...quote, ...change(quote) }
    }),
  )
}

const chainWith = (quotes: Quote[]) => chainOf([{ ts, session, spot: 100, quotes }], new Float64Array([ts]))

const wish = (changes: Partial<ContractWish> = {}): ContractWish => ({
  isCall: true,
  targetDelta: 0.35,
  minOpenInterest: 0,
  minVolume: 0,
  maxSpread: Number.POSITIVE_INFINITY,
  spreadWidth: null,
  ...changes,
})

const strikesOf = (quotes: Quote[], wanted: ContractWish) =>
  chooseContract(chainWith(quotes), 0, expiryTs, wanted, 0.05).position?.legs.map(({ strike }) => strike)

describe('the OCC symbol', () => {
  it('is the documented one for the documented call', () => {
    expect(occSymbol('SPY', '2024-01-19', true, 470)).toBe('O:SPY240119C00470000')
  })

  it('writes puts, halves and roots with a dot', () => {
    expect(occSymbol('brk.b', '2024-11-05', false, 7.5)).toBe('O:BRKB241105P00007500')
  })

  it('has no room for a strike of a hundred thousand', () => {
    expect(() => occSymbol('SPY', '2024-01-19', true, 100_000)).toThrow('got 100000')
  })
})

describe('expiries', () => {
  it('are monthly on third Fridays, weekly on others, on the Thursday before a closed Friday too', () => {
    expect(expiryKind('2024-03-15')).toBe('monthly')
    expect(expiryKind('2019-04-18')).toBe('monthly')
    expect(expiryKind('2024-03-22')).toBe('weekly')
    expect(expiryKind('2024-03-28')).toBe('weekly')
    expect(expiryKind('2024-03-14')).toBe('daily')
  })

  it('stand on every Friday of a range, Good Friday moved to Thursday', () => {
    const march = ['2024-03-01', '2024-03-08', '2024-03-15', '2024-03-22', '2024-03-28']
    expect(standardExpiries('2024-03-01', '2024-03-29')).toEqual(march)
    expect(standardExpiries('2024-03-29', '2024-03-31')).toEqual([])
    expect(standardExpiries('2024-03-02', '2024-03-08')).toEqual(['2024-03-08'])
  })

  const closes = (...dates: string[]) => dates.map((date) => sessionClose[sessionOfDate(date)]!)
  const nearest = (...args: Parameters<typeof nearestExpiry>) => newYorkDate(nearestExpiry(...args))

  it('are nearest by calendar days, the earlier of two as near', () => {
    const listed = closes('2024-01-05', '2024-01-12', '2024-01-19', '2024-02-16')
    expect(nearest(listed, '2024-01-03', null, true)).toBe('2024-01-05')
    expect(nearest(listed, '2024-01-03', 30, true)).toBe('2024-01-19')
    expect(nearest(listed, '2024-01-02', 31, true)).toBe('2024-01-19')
    expect(nearest(listed, '2024-01-02', 32, true)).toBe('2024-02-16')
  })

  it('are monthly only where the policy takes no weeklies, and none where no monthly is listed', () => {
    expect(nearest(closes('2024-01-12', '2024-01-19'), '2024-01-03', 9, false)).toBe('2024-01-19')
    expect(nearestExpiry(closes('2024-01-12'), '2024-01-03', 9, false)).toBeNaN()
  })

  it('of a snapshot leave out what expires as it is taken', () => {
    const quotes = [ts, expiryTs].map((expiry) => ({ expiry, strike: 100, isCall: true }))
    expect(listedExpiries(chainWith(quotes), 0)).toEqual([expiryTs])
  })
})

describe('the snapshot known at a decision', () => {
  const quotes = [{ expiry: expiryTs, strike: 100, isCall: true }]
  const hour = 3_600_000
  const chain = chainOf(
    [ts - 2 * hour, ts - hour, ts].map((at) => ({ ts: at, session, spot: 100, quotes })),
    new Float64Array([ts]),
  )

  it('is the newest one not after it', () => {
    expect(snapshotKnownAt(chain, session, ts - 1)).toBe(1)
    expect(snapshotKnownAt(chain, session, ts)).toBe(2)
    expect(snapshotKnownAt(chain, session, ts - 3 * hour)).toBe(-1)
  })

  it('is never one of another session', () => {
    expect(snapshotKnownAt(chain, session + 1, ts + 24 * hour)).toBe(-1)
  })
})

describe('the contract for a signal', () => {
  it('has the delta nearest the target: .2744 is nearer to .35 than .5321 is', () => {
    expect(strikesOf(quotesOf(), wish())).toEqual([105])
    expect(strikesOf(quotesOf(), wish({ targetDelta: 0.45 }))).toEqual([100])
  })

  it('counts puts by their absolute delta', () => {
    expect(strikesOf(quotesOf(), wish({ isCall: false }))).toEqual([100])
    expect(strikesOf(quotesOf(), wish({ isCall: false, targetDelta: 0.3 }))).toEqual([95])
  })

  it('is repriced at the volatility and yield that its quotes were made with', () => {
    const { position } = chooseContract(chainWith(quotesOf()), 0, expiryTs, wish(), 0.05)
    expect(position!.legs[0]!.iv).toBeCloseTo(0.25, 4)
    expect(position!.dividendYield).toBeCloseTo(0.01, 3)
  })

  it('finds delta itself where the chain has none', () => {
    const quotes = quotesOf(() => ({ delta: Number.NaN }))
    const { position } = chooseContract(chainWith(quotes), 0, expiryTs, wish(), 0.05)
    expect(position!.legs[0]).toMatchObject({ strike: 105 })
    expect(position!.legs[0]!.delta).toBeCloseTo(0.2744, 3)
  })

  it('passes over thin, wide and unquoted contracts, and says how many of each', () => {
    const at105 = (change: Partial<Quote>) => quotesOf(({ strike }) => (strike === 105 ? change : {}))
    expect(strikesOf(at105({ openInterest: 99 }), wish({ minOpenInterest: 100 }))).toEqual([100])
    expect(strikesOf(at105({ openInterest: Number.NaN }), wish({ minOpenInterest: 100 }))).toEqual([100])
    expect(strikesOf(at105({ volume: 9 }), wish({ minVolume: 10 }))).toEqual([100])
    expect(strikesOf(at105({ bid: 0 }), wish())).toEqual([100])
    // .10 on 1.1667 is 8.6 %, on 3.0187 it is 3.3 %.
    expect(strikesOf(quotesOf(), wish({ maxSpread: 0.05 }))).toEqual([100])
    const none = chooseContract(chainWith(quotesOf()), 0, expiryTs, wish({ minVolume: 101 }), 0.05)
    expect(none.position).toBeNull()
    expect(none.refusals).toMatchObject({ listed: 5, low_volume: 5, wide_spread: 0 })
  })

  it('takes the busier one of two as near', () => {
    const quotes = quotesOf(({ strike }) =>
      strike === 100 ? { delta: 0.5 } : strike === 105 ? { delta: 0.25, volume: 200 } : {},
    )
    expect(strikesOf(quotes, wish({ targetDelta: 0.375 }))).toEqual([105])
  })

  it('has no volatility under its intrinsic value, so it cannot be priced and is not taken', () => {
    const quotes = quotesOf(({ strike, isCall }) => (isCall && strike === 95 ? { bid: 4.8, ask: 4.9 } : {}))
    expect(strikesOf(quotes, wish({ targetDelta: 0.79 }))).toEqual([90])
  })
})

describe('a vertical', () => {
  it('of calls sells the higher strike', () => {
    const { position } = chooseContract(chainWith(quotesOf()), 0, expiryTs, wish({ spreadWidth: 5 }), 0.05)
    expect(position!.legs).toMatchObject([
      { strike: 105, isBought: true, isCall: true },
      { strike: 110, isBought: false, isCall: true },
    ])
  })

  it('of puts sells the lower strike', () => {
    const puts = wish({ isCall: false, spreadWidth: 5 })
    expect(strikesOf(quotesOf(), puts)).toEqual([100, 95])
  })

  it('takes the listed strike nearest to the width, at most half the width away', () => {
    expect(strikesOf(quotesOf(), wish({ targetDelta: 0.5, spreadWidth: 7 }))).toEqual([100, 105])
    // 110 is the last strike, so 105 has nothing 20 higher, and 100 only the half of it.
    expect(strikesOf(quotesOf(), wish({ spreadWidth: 20 }))).toEqual([100, 110])
  })

  it('is judged by its own spread: .20 on a mid of .8136', () => {
    expect(strikesOf(quotesOf(), wish({ spreadWidth: 5, maxSpread: 0.25 }))).toEqual([105, 110])
    expect(strikesOf(quotesOf(), wish({ spreadWidth: 5, maxSpread: 0.24 }))).toEqual([100, 105])
  })

  it('that costs its whole width is not bought', () => {
    const quotes = quotesOf(({ strike, isCall }) => (isCall && strike === 105 ? { ask: 6, bid: 5.9 } : {}))
    expect(strikesOf(quotes, wish({ spreadWidth: 5 }))).not.toContain(110)
  })
})

describe('the implied yield', () => {
  it('is read off put–call parity at the strike nearest the spot', () => {
    expect(impliedYield(chainWith(quotesOf()), 0, expiryTs, 0.05)).toBeCloseTo(0.01, 3)
  })

  it('is 0 where no strike quotes both sides', () => {
    const calls = quotesOf().filter(({ isCall }) => isCall)
    expect(impliedYield(chainWith(calls), 0, expiryTs, 0.05)).toBe(0)
  })
})
