import { describe, expect, it } from 'vitest'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import { optionYearMs } from '#shared/kernels/black-scholes.ts'
import {
  premiumResult,
  summarizePremium,
  summarizeUnderlying,
  underlyingReturn,
} from '#shared/options/parity.ts'
import { planOverlay } from '#shared/options/plan-overlay.ts'
import {
  describePosition,
  type OptionLeg,
  type OptionPosition,
  positionValue,
  quotePosition,
} from '#shared/options/position.ts'
import { timeStopInstant } from '#shared/options/time-stop.ts'
import { entryBar, walkPremium, walkUnderlying } from '#shared/options/walk-trade.ts'

const minute = 60_000
const wednesday = sessionOfDate('2024-01-03')
const thursday = wednesday + 1
const open = sessionOpen[thursday]!

/** Half-hour bars of a session from its opening: open, high, low, close. */
function barsFrom(session: number, prices: [number, number, number, number][]): BarSeries {
  const column = (i: number) => Float64Array.from(prices, (each) => each[i]!)
  const start = sessionOpen[session]!
  const none = new Float64Array(prices.length)
  return {
    length: prices.length,
    ts: Float64Array.from(prices, (_, b) => start + (b + 1) * 30 * minute),
    openTs: Float64Array.from(prices, (_, b) => start + b * 30 * minute),
    session: new Int32Array(prices.length).fill(session),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: none,
    vwap: none,
  }
}

const leg = (changes: Partial<OptionLeg>): OptionLeg => ({
  isBought: true,
  isCall: true,
  strike: 100,
  bid: 10.4,
  ask: 10.5,
  iv: 0.2,
  delta: 0.6,
  openInterest: 100,
  volume: 100,
  ...changes,
})

const position = (legs: OptionLeg[], changes: Partial<OptionPosition> = {}): OptionPosition => ({
  legs,
  expiryTs: optionYearMs,
  rate: 0.05,
  dividendYield: 0,
  ...changes,
})

describe('the value of a position', () => {
  it('is Black–Scholes for a call and a put: 100, 100, one year, .05, .20', () => {
    expect(positionValue(position([leg({})]), 100, 0)).toBeCloseTo(10.4505835722, 9)
    expect(positionValue(position([leg({ isCall: false })]), 100, 0)).toBeCloseTo(5.5735260223, 9)
  })

  it('is the difference of the legs for verticals both ways: 10.4506 − 6.0401 and 5.5735 − 2.3101', () => {
    const calls = position([leg({}), leg({ isBought: false, strike: 110 })])
    const puts = position([leg({ isCall: false }), leg({ isCall: false, isBought: false, strike: 90 })])
    expect(positionValue(calls, 100, 0)).toBeCloseTo(4.4104954425, 8)
    expect(positionValue(puts, 100, 0)).toBeCloseTo(3.2634294089, 8)
  })

  it('is intrinsic at expiry and after it', () => {
    const calls = position([leg({}), leg({ isBought: false, strike: 110 })])
    expect(positionValue(calls, 104, optionYearMs)).toBe(4)
    expect(positionValue(calls, 130, optionYearMs + 1)).toBe(10)
    expect(positionValue(position([leg({ isCall: false })]), 97.5, optionYearMs)).toBe(2.5)
  })
})

describe('the figures of a position', () => {
  it('of a call at 10.50: breaks even at 110.50, loses at most 10.50, gains without limit', () => {
    const figures = describePosition(position([leg({})]), 100, 0)
    expect(figures).toMatchObject({ breakEven: 110.5, maxLoss: 10.5, maxProfit: null })
    expect(figures.delta).toBeCloseTo(0.6368306512, 9)
    expect(figures.gamma).toBeCloseTo(0.0187620173, 9)
    expect(figures.vega).toBeCloseTo(37.5240346917, 8)
  })

  it('of a put at its fair 5.5735: a 33.1 % chance to end beyond its break-even', () => {
    const fair = 5.5735260223
    const figures = describePosition(position([leg({ isCall: false, bid: fair, ask: fair })]), 100, 0)
    expect(figures.breakEven).toBeCloseTo(94.4264739777, 9)
    expect(figures.profitProbability).toBeCloseTo(0.3311486755, 8)
    expect(figures.maxProfit).toBeCloseTo(94.4264739777, 9)
  })

  it('of a vertical: bought at 10.50 less 5.90, sold at 10.40 less 6.10', () => {
    const legs = [leg({}), leg({ isBought: false, strike: 110, bid: 5.9, ask: 6.1 })]
    const quote = quotePosition(legs)
    expect(quote.ask).toBeCloseTo(4.6, 12)
    expect(quote.bid).toBeCloseTo(4.3, 12)
    expect(quote.mid).toBeCloseTo(4.45, 12)
    expect(quote.halfSpread).toBeCloseTo(0.15, 12)
    const figures = describePosition(position(legs), 100, 0)
    expect(figures.maxProfit).toBeCloseTo(5.4, 12)
    expect(figures.breakEven).toBeCloseTo(104.6, 12)
    expect(figures.delta).toBeGreaterThan(0)
    expect(figures.delta).toBeLessThan(0.6368306512)
  })
})

describe('the time stop', () => {
  it('counts 390 minutes a session and ends with one, not at the next opening', () => {
    expect(timeStopInstant(thursday, open, 120)).toBe(open + 120 * minute)
    expect(timeStopInstant(thursday, open, 390)).toBe(sessionClose[thursday])
    expect(timeStopInstant(thursday, open, 7800)).toBe(sessionClose[thursday + 19])
  })

  it('goes on in the next session: 100 minutes from 15:00 end at 10:10', () => {
    const at = open + 330 * minute
    expect(timeStopInstant(thursday, at, 100)).toBe(sessionOpen[thursday + 1]! + 40 * minute)
  })

  it('ends at the close of a half day that is shorter than what is left', () => {
    const half = sessionOfDate('2024-07-03')
    expect(timeStopInstant(half, sessionOpen[half]!, 300)).toBe(sessionClose[half])
  })
})

describe('the plan of an option trade', () => {
  const bracket = { isBuy: true, entry: 100, stop: 96, target: 110, timeStopMinutes: 390 }
  const decision = sessionClose[wednesday]!
  // Ten days are left at Thursday's close; at yield .01 another program's Black–Scholes gives .0240834781 and 5.3891402629.
  const expiryTs = sessionClose[thursday]! + 10 * 86_400_000
  const call = position([leg({ strike: 105, iv: 0.25, bid: 1.1, ask: 1.2 })], {
    expiryTs,
    dividendYield: 0.01,
  })

  it('reprices at the stop and the target of the underlying with the time stop’s decay', () => {
    const plan = planOverlay(call, bracket, wednesday, decision, thursday + 6)
    expect(plan).toMatchObject({ isSameSession: false, endTs: sessionClose[thursday], entryPremium: 1.2 })
    expect(plan.levels).toEqual({ isLong: true, stop: 96, target: 110 })
    expect(plan.stopPremium).toBeCloseTo(0.0240834781, 9)
    expect(plan.targetPremium).toBeCloseTo(5.3891402629, 9)
  })

  it('never looks beyond the expiry: then only intrinsic value is left', () => {
    const long = { ...bracket, timeStopMinutes: 390 * 40 }
    const plan = planOverlay(call, long, wednesday, decision, thursday + 6)
    expect(plan).toMatchObject({ endTs: expiryTs, stopPremium: 0, targetPremium: 5 })
  })

  it('turns the bracket around the entry price where the side goes against the signal', () => {
    const put = { ...call, legs: [leg({ isCall: false, strike: 95 })] }
    const { levels } = planOverlay(put, bracket, wednesday, decision, thursday + 6)
    expect(levels).toEqual({ isLong: false, stop: 104, target: 90 })
  })

  it('leaves the bracket of a sell alone when a put is bought on it', () => {
    const sell = { isBuy: false, entry: 100, stop: 104, target: 92, timeStopMinutes: 60 }
    const put = { ...call, legs: [leg({ isCall: false, strike: 95 })] }
    const { levels } = planOverlay(put, sell, wednesday, decision, thursday + 6)
    expect(levels).toEqual({ isLong: false, stop: 104, target: 92 })
  })

  it('enters a same-day contract in the session of its signal', () => {
    const at = sessionOpen[wednesday]! + 330 * minute
    const sameDay = { ...call, expiryTs: decision }
    const plan = planOverlay(sameDay, { ...bracket, timeStopMinutes: 120 }, wednesday, at, wednesday)
    expect(plan).toMatchObject({ isSameSession: true, endTs: decision })
  })
})

describe('a trade on the underlying', () => {
  const long = { isLong: true, stop: 98, target: 104 }
  const short = { isLong: false, stop: 102, target: 96 }
  const end = open + 90 * minute

  it('is stopped where one bar touches both levels', () => {
    const walk = walkUnderlying(barsFrom(thursday, [[100, 105, 97, 104]]), 0, end, long)
    expect(walk).toMatchObject({ outcome: 'stop', entryPx: 100, exitPx: 98, exitTs: open + 30 * minute })
  })

  it('leaves at its target, long and short', () => {
    const up = barsFrom(thursday, [
      [100, 101, 99, 101],
      [101, 104, 100, 103],
    ])
    expect(walkUnderlying(up, 0, end, long)).toMatchObject({ outcome: 'target', exitPx: 104 })
    const down = barsFrom(thursday, [[100, 101, 95.5, 97]])
    expect(walkUnderlying(down, 0, end, short)).toMatchObject({ outcome: 'target', exitPx: 96 })
  })

  it('fills a gap at the open, whichever level it passes', () => {
    const fall = barsFrom(thursday, [
      [100, 101, 99, 99],
      [97, 99, 96, 98],
    ])
    expect(walkUnderlying(fall, 0, end, long)).toMatchObject({
      outcome: 'stop',
      exitPx: 97,
      exitTs: open + 30 * minute,
    })
    const rise = barsFrom(thursday, [
      [100, 101, 99, 101],
      [103, 104, 102, 103],
    ])
    expect(walkUnderlying(rise, 0, end, short)).toMatchObject({ outcome: 'stop', exitPx: 103 })
    const leap = barsFrom(thursday, [
      [100, 101, 99, 101],
      [106, 107, 90, 95],
    ])
    expect(walkUnderlying(leap, 0, end, long)).toMatchObject({ outcome: 'target', exitPx: 106 })
  })

  const quiet: [number, number, number, number] = [100, 101, 99, 100.5]

  it('ends by time at the close of its last bar, and not before its bars do', () => {
    const four = barsFrom(thursday, [quiet, quiet, quiet, [100, 110, 90, 95]])
    expect(walkUnderlying(four, 0, end, long)).toMatchObject({
      outcome: 'timeout',
      exitPx: 100.5,
      exitTs: end,
    })
    const two = walkUnderlying(barsFrom(thursday, [quiet, quiet]), 0, end, long)
    expect(two).toMatchObject({ outcome: 'open', entryPx: 100 })
    expect(two.exitPx).toBeNaN()
  })

  it('is not entered past a level', () => {
    const bars = barsFrom(thursday, [[97, 105, 95, 104]])
    expect(walkUnderlying(bars, 0, end, long).outcome).toBe('void')
  })

  it('begins in the next session, or at the next bar for a contract of the same day', () => {
    const bars = barsFrom(wednesday, [quiet, quiet, quiet])
    const at = sessionOpen[wednesday]! + 20 * minute
    expect(entryBar(bars, wednesday, at, true)).toBe(1)
    expect(entryBar(bars, wednesday, at, false)).toBe(-1)
    expect(entryBar(bars, wednesday - 1, at - 86_400_000, false)).toBe(0)
    expect(walkUnderlying(bars, -1, end, long).outcome).toBe('open')
  })
})

describe('a trade on the premium', () => {
  // Without volatility and rates a premium is its intrinsic value: a call at 95 is worth 5 at 100.
  const still = { iv: 1e-9, strike: 95 }
  const plain = { rate: 0, dividendYield: 0, expiryTs: sessionClose[thursday]! + 86_400_000 }
  const call = position([leg(still)], plain)
  const put = position([leg({ ...still, isCall: false, strike: 105 })], plain)
  const vertical = position([leg(still), leg({ ...still, isBought: false, strike: 101 })], plain)
  const levels = { stop: 3, target: 9 }
  const end = open + 90 * minute

  it('follows a call up and down, the stop first', () => {
    const both = barsFrom(thursday, [[100, 105, 97, 104]])
    expect(walkPremium(both, 0, end, call, levels)).toMatchObject({ outcome: 'stop', exitPx: 3 })
    const up = walkPremium(barsFrom(thursday, [[100, 104, 99, 104]]), 0, end, call, levels)
    expect(up.outcome).toBe('target')
    expect(up.entryPx).toBeCloseTo(5, 9)
  })

  it('follows a put the other way', () => {
    const fall = barsFrom(thursday, [[100, 101, 96, 97]])
    expect(walkPremium(fall, 0, end, put, levels)).toMatchObject({ outcome: 'target', exitPx: 9 })
    const rise = barsFrom(thursday, [[100, 102, 99, 101]])
    expect(walkPremium(rise, 0, end, put, levels)).toMatchObject({ outcome: 'stop', exitPx: 3 })
  })

  it('caps a vertical at its width, so a target beyond it is never reached', () => {
    const up = barsFrom(thursday, [
      [100, 120, 99, 110],
      [110, 120, 109, 111],
      [111, 120, 110, 112],
    ])
    const walk = walkPremium(up, 0, end, vertical, { stop: 3, target: 6.1 })
    expect(walk.outcome).toBe('timeout')
    expect(walk.exitPx).toBeCloseTo(6, 9)
  })

  it('fills a gap at the premium of the open', () => {
    const gap = barsFrom(thursday, [
      [100, 101, 99, 100],
      [97, 98, 96, 97],
    ])
    const walk = walkPremium(gap, 0, end, call, levels)
    expect(walk.outcome).toBe('stop')
    expect(walk.exitPx).toBeCloseTo(2, 9)
  })

  it('ends at the expiry, worth what is intrinsic, and sells nothing that is worth less than a cent', () => {
    const last = position([leg({ iv: 0.2, strike: 100 })], { ...plain, expiryTs: open + 60 * minute })
    const bars = barsFrom(thursday, [
      [100, 100.5, 90, 100],
      [100, 103, 90, 102.5],
      [102, 110, 100, 109],
    ])
    const walk = walkPremium(bars, 0, end, last, { stop: 0.005, target: 9 })
    expect(walk).toMatchObject({ outcome: 'timeout', exitPx: 2.5, exitTs: open + 60 * minute })
  })
})

describe('parity', () => {
  const walk = (
    outcome: 'target' | 'stop' | 'timeout' | 'void' | 'open',
    entryPx: number,
    exitPx: number,
  ) => ({
    outcome,
    entryPx,
    exitPx,
    entryTs: 0,
    exitTs: 1,
  })

  it('of a single contract pays half the spread, a cent and .0065 on each side', () => {
    // Paid 2 + .05 + .0165, received 3 − .05 − .0165: 86.70 dollars a contract.
    const { paid, pnl, costs } = premiumResult(walk('target', 2, 3), 0.05, 1)
    expect(paid).toBeCloseTo(2.0665, 12)
    expect(pnl).toBeCloseTo(0.867, 12)
    expect(costs).toBeCloseTo(0.133, 12)
  })

  it('of a vertical pays for two contracts', () => {
    expect(premiumResult(walk('target', 2, 3), 0.05, 2).pnl).toBeCloseTo(0.834, 12)
  })

  it('leaves a worthless contract to expire: what was paid is lost and no more', () => {
    const { paid, pnl, costs } = premiumResult(walk('timeout', 2, 0), 0.05, 1)
    expect(pnl).toBe(-paid)
    expect(costs).toBeCloseTo(0.0665, 12)
  })

  it('counts trades that ended, and the others apart', () => {
    const trades = [
      walk('target', 2, 4),
      walk('stop', 2, 1),
      walk('timeout', 2, 2),
      walk('void', 2, Number.NaN),
      walk('open', 2, Number.NaN),
    ]
    const premium = summarizePremium(trades.map((each) => ({ walk: each, halfSpread: 0.0335, legs: 1 })))
    expect(premium).toMatchObject({ trades: 3, timeouts: 1, not_entered: 1, open: 1 })
    expect(premium.hit_rate_target).toBeCloseTo(1 / 3, 12)
    expect(premium.hit_rate_stop).toBeCloseTo(1 / 3, 12)
    // .05 a side: +1.90, −1.10, −.10 a share.
    expect(premium.total_pnl).toBeCloseTo(70, 9)
    expect(premium.avg_pnl).toBeCloseTo(70 / 3, 9)
    expect(premium.avg_return).toBeCloseTo(0.7 / 2.05 / 3, 12)
    expect(premium.costs).toBeCloseTo(30, 9)
  })

  it('on the underlying is in units of risk and net of slippage, for shorts too', () => {
    const [up, down] = [walk('target', 100, 104), walk('stop', 100, 102)]
    const summary = summarizeUnderlying([
      { walk: up, isLong: true, stop: 98, netReturn: underlyingReturn(up, true, 5) },
      { walk: down, isLong: false, stop: 102, netReturn: underlyingReturn(down, false, 5) },
    ])
    expect(summary).toMatchObject({ trades: 2, hit_rate: 0.5, stop_rate: 0.5, timeouts: 0, avg_rr: 0.5 })
    expect(summary.avg_return).toBeCloseTo((0.039 - 0.021) / 2, 12)
  })

  it('of no trades has no rates', () => {
    expect(summarizeUnderlying([])).toMatchObject({ trades: 0, hit_rate: null, avg_return: null })
    expect(summarizePremium([])).toMatchObject({ trades: 0, hit_rate_target: null, total_pnl: 0 })
  })
})
