import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import type { SimulateMarketResult } from '#shared/jobs/simulate-market.ts'
import { blackScholesPrice, optionYearMs } from '#shared/kernels/black-scholes.ts'
import { simulateMarket } from '#workers/jobs/simulate-market.ts'

const quiet = { report: () => undefined, cancelled: () => false }
const simulate = (seed: number, firstDate: string, lastDate: string) =>
  simulateMarket({ seed, firstDate, lastDate }, quiet)

/** The market that ships as sample data. */
const market = simulate(38, '2023-07-03', '2024-12-31')
const { fund, stock, chain, optionMinutes, index } = market

function hashOf(result: SimulateMarketResult): string {
  const hash = createHash('sha256')
  const add = (value: unknown): void => {
    if (ArrayBuffer.isView(value))
      hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(add)
    else hash.update(String(value))
  }
  add(result)
  return hash.digest('hex')
}

function mean(x: number[]): number {
  return x.reduce((sum, value) => sum + value, 0) / x.length
}

function deviation(x: number[]): number {
  const centre = mean(x)
  return Math.sqrt(mean(x.map((value) => (value - centre) ** 2)))
}

function correlation(x: number[], y: number[]): number {
  const [mx, my] = [mean(x), mean(y)]
  return mean(x.map((value, i) => (value - mx) * (y[i]! - my))) / (deviation(x) * deviation(y))
}

function median(x: number[]): number {
  return [...x].sort((a, b) => a - b)[Math.floor(x.length / 2)]!
}

/** First open and last close of every session. */
function sessionsOf(bars: BarSeries): { open: number; close: number }[] {
  const days: { open: number; close: number }[] = []
  for (let i = 0; i < bars.length; i++) {
    if (i === 0 || bars.session[i] !== bars.session[i - 1])
      days.push({ open: bars.open[i]!, close: bars.close[i]! })
    days.at(-1)!.close = bars.close[i]!
  }
  return days
}

const dailyReturns = (bars: BarSeries) => {
  const days = sessionsOf(bars)
  return days.slice(1).map(({ close }, i) => Math.log(close / days[i]!.close))
}

/** Per session and clock hour: return of the next hour and log ratio of call to put contracts. */
function hourlyRows(): { progress: number; flow: number; own: number; next: number; hour: number }[] {
  const cell = (session: number, ts: number) =>
    session * 24 + Math.floor((570 + (ts - sessionOpen[session]!) / 60_000) / 60)
  const price = new Map<number, { open: number; close: number }>()
  for (let i = 0; i < fund.length; i++) {
    const key = cell(fund.session[i]!, fund.openTs[i]!)
    const hour = price.get(key)
    if (hour) hour.close = fund.close[i]!
    else price.set(key, { open: fund.open[i]!, close: fund.close[i]! })
  }
  const volume = new Map<number, [number, number]>()
  for (let i = 0; i < optionMinutes.rows; i++) {
    const key = cell(optionMinutes.session[i]!, optionMinutes.ts[i]! - 60_000)
    const sums = volume.get(key) ?? [0, 0]
    sums[optionMinutes.isCall[i]!]! += optionMinutes.volume[i]!
    volume.set(key, sums)
  }
  const [first, last] = [fund.session[0]!, fund.session.at(-1)!]
  return [...price].flatMap(([key, { open, close }]) => {
    const next = price.get(key + 1)
    const [puts, calls] = volume.get(key)!
    if (!next) return []
    const session = Math.floor(key / 24)
    return {
      progress: (session - first) / (last - first),
      flow: Math.log(calls / puts),
      own: Math.log(close / open),
      next: Math.log(next.close / close),
      hour: key % 24,
    }
  })
}

describe('the simulated market', () => {
  it('is the same to the byte for the same seed and another one for another', () => {
    const [once, twice, other] = [8, 8, 9].map((seed) => hashOf(simulate(seed, '2024-06-24', '2024-07-12')))
    expect(twice).toBe(once)
    expect(other).not.toBe(once)
  })

  it('covers every session of the calendar with 5-minute bars, half days to 13:00', () => {
    const [first, last] = [sessionOfDate('2023-07-03'), sessionOfDate('2024-12-31')]
    const counts = new Map<number, number>()
    for (const session of fund.session) counts.set(session, (counts.get(session) ?? 0) + 1)
    for (let session = first; session <= last; session++) {
      expect(counts.get(session)).toBe((sessionClose[session]! - sessionOpen[session]!) / 300_000)
    }
    expect(counts.size).toBe(last - first + 1)
    expect(fund.ts[0]).toBe(sessionOpen[first]! + 300_000)
    expect(fund.ts.at(-1)).toBe(sessionClose[last])
    expect(stock.ts).toEqual(fund.ts)
  })

  it('has bars whose prices fit together, in cents', () => {
    for (const bars of [fund, stock]) {
      for (let i = 0; i < bars.length; i++) {
        const [o, h, l, c, w] = [bars.open[i]!, bars.high[i]!, bars.low[i]!, bars.close[i]!, bars.vwap[i]!]
        if (!(l <= Math.min(o, c) && h >= Math.max(o, c) && w >= l && w <= h && bars.volume[i]! > 0)) {
          expect.fail(`bar ${i}: ${[o, h, l, c, w]}`)
        }
        if (Math.round(c * 100) / 100 !== c) expect.fail(`close ${c} is not in cents`)
      }
    }
  })

  it('moves like a market: volatility in bands, clustering, fat tails, gaps over night', () => {
    const returns = dailyReturns(fund)
    const volatility = deviation(returns) * Math.sqrt(252)
    expect(volatility).toBeGreaterThan(0.09)
    expect(volatility).toBeLessThan(0.2)
    expect(deviation(dailyReturns(stock))).toBeGreaterThan(deviation(returns))
    expect(correlation(dailyReturns(stock), returns)).toBeGreaterThan(0.4)
    const sizes = returns.map(Math.abs)
    expect(correlation(sizes.slice(1), sizes.slice(0, -1))).toBeGreaterThan(0.05)
    const fine = Array.from(fund.close.slice(1), (close, i) => Math.log(close / fund.close[i]!))
    expect(mean(fine.map((r) => r ** 4)) / mean(fine.map((r) => r * r)) ** 2).toBeGreaterThan(5)
    const days = sessionsOf(fund)
    const gaps = days.slice(1).map(({ open }, i) => Math.log(open / days[i]!.close))
    expect(deviation(gaps) / deviation(returns)).toBeGreaterThan(0.3)
    expect(deviation(gaps) / deviation(returns)).toBeLessThan(0.8)
  })

  it('trades most at the open and the close', () => {
    const volumeAt = (barOfDay: number) => {
      const sums: number[] = []
      for (let i = 0; i < fund.length; i++) {
        if (fund.ts[i] === sessionOpen[fund.session[i]!]! + (barOfDay + 1) * 300_000)
          sums.push(fund.volume[i]!)
      }
      return mean(sums)
    }
    expect(volumeAt(0)).toBeGreaterThan(1.5 * volumeAt(36))
    expect(volumeAt(77)).toBeGreaterThan(1.5 * volumeAt(36))
  })

  it('has index levels that price the volatility which follows, at a premium', () => {
    const returns = dailyReturns(fund)
    const realised = deviation(returns) * Math.sqrt(252) * 100
    expect(mean([...index.vix]) / realised).toBeGreaterThan(0.95)
    expect(mean([...index.vix]) / realised).toBeLessThan(1.45)
    const next5 = returns.slice(0, -5).map((_, i) => mean(returns.slice(i, i + 5).map((r) => r * r)))
    // Return i runs from session i to session i + 1, so the level of session i is known before it.
    expect(correlation([...index.vix].slice(0, next5.length), next5)).toBeGreaterThan(0.15)
    expect(deviation([...index.vix9d])).toBeGreaterThan(deviation([...index.vix]))
    expect(deviation([...index.vix3m])).toBeLessThan(deviation([...index.vix]))
    for (const level of index.vix) if (!(level > 6 && level < 80)) expect.fail(`level ${level}`)
  })

  it('lets option flow foretell the next hour, a little, and less and less', () => {
    const rows = hourlyRows()
    const early = rows.filter(({ progress }) => progress < 0.4)
    const late = rows.filter(({ progress }) => progress > 0.6)
    const flowEdge = (part: typeof rows) =>
      correlation(
        part.map((r) => r.flow),
        part.map((r) => r.next),
      )
    expect(flowEdge(early)).toBeGreaterThan(0.06)
    expect(flowEdge(early)).toBeLessThan(0.2)
    expect(flowEdge(late)).toBeLessThan(flowEdge(early))
    const turning = (part: typeof rows) =>
      correlation(
        part.map((r) => (r.hour >= 13 ? r.own : -r.own)),
        part.map((r) => r.next),
      )
    expect(turning(early)).toBeGreaterThan(0.04)
    expect(
      correlation(
        rows.map((r) => r.flow),
        rows.map((r) => r.own),
      ),
    ).toBeGreaterThan(0.02)
  })
})

describe('the simulated options', () => {
  it('are quoted at the end of every clock hour, same-day to half a year out', () => {
    const hours = new Map<number, number>()
    for (const session of chain.session) hours.set(session, (hours.get(session) ?? 0) + 1)
    expect(hours.get(sessionOfDate('2024-06-14'))).toBe(7)
    expect(hours.get(sessionOfDate('2024-07-03'))).toBe(4)
    expect(hours.size).toBe(index.length)
    for (let s = 0; s < chain.snapshots; s++) {
      const [from, to] = [chain.offset[s]!, chain.offset[s + 1]! - 1]
      expect(chain.expiry[from]).toBe(sessionClose[chain.session[s]!])
      if (!(chain.expiry[to]! - chain.ts[s]! > 150 * 86_400_000)) expect.fail(`snapshot ${s} ends too soon`)
    }
  })

  it('stand in order, with bid below ask, and volatility everywhere but at the instant of expiry', () => {
    for (let s = 0; s < chain.snapshots; s++) {
      for (let q = chain.offset[s]!; q < chain.offset[s + 1]!; q++) {
        const expired = chain.expiry[q] === chain.ts[s]
        const isFine =
          chain.bid[q]! >= 0 &&
          chain.ask[q]! > chain.bid[q]! &&
          (expired ? Number.isNaN(chain.iv[q]!) : chain.iv[q]! > 0.02 && chain.iv[q]! < 5)
        if (!isFine) expect.fail(`quote ${q}: ${chain.bid[q]} ${chain.ask[q]} ${chain.iv[q]}`)
        if (q === chain.offset[s]) continue
        const step =
          [chain.expiry, chain.strike, chain.isCall].map((x) => x[q]! - x[q - 1]!).find((d) => d !== 0) ?? 0
        if (step <= 0) expect.fail(`quote ${q} is out of order`)
      }
    }
  })

  it('are quoted around the value that their volatility gives', () => {
    for (let q = 0; q < 20_000; q++) {
      const s = chain.offset.findIndex((offset) => offset > q) - 1
      const years = (chain.expiry[q]! - chain.ts[s]!) / optionYearMs
      if (years <= 0) continue
      const fair = blackScholesPrice(
        chain.isCall[q] === 1,
        chain.spot[s]!,
        chain.strike[q]!,
        years,
        0.05,
        0.013,
        chain.iv[q]!,
      )
      if (fair < chain.bid[q]! - 0.02 || fair > chain.ask[q]! + 0.02) {
        expect.fail(`quote ${q}: ${chain.bid[q]} / ${chain.ask[q]} around ${fair}`)
      }
    }
  })

  it('smile: downside puts dearer than upside calls', () => {
    const skews: number[] = []
    for (let s = 0; s < chain.snapshots; s += 7) {
      const nearest = (delta: number) => {
        let best = -1
        for (let q = chain.offset[s]!; q < chain.offset[s + 1]!; q++) {
          if (
            chain.expiry[q]! - chain.ts[s]! < 20 * 86_400_000 ||
            chain.expiry[q]! - chain.ts[s]! > 40 * 86_400_000
          )
            continue
          if (best < 0 || Math.abs(chain.delta[q]! - delta) < Math.abs(chain.delta[best]! - delta)) best = q
        }
        return chain.iv[best]!
      }
      skews.push(nearest(-0.25) - nearest(0.25))
    }
    expect(mean(skews)).toBeGreaterThan(0.005)
    expect(mean(skews)).toBeLessThan(0.08)
  })

  it('offer the same-day contract near 0.35 delta at a spread of a few per cent, with passing and failing depth', () => {
    const found: { spread: number; openInterest: number; volume: number }[] = []
    for (let s = 0; s < chain.snapshots; s++) {
      let best = -1
      for (let q = chain.offset[s]!; chain.expiry[q] === sessionClose[chain.session[s]!]; q++) {
        const distance = Math.abs(Math.abs(chain.delta[q]!) - 0.35)
        if (distance <= 0.05 && (best < 0 || distance < Math.abs(Math.abs(chain.delta[best]!) - 0.35)))
          best = q
      }
      if (best < 0) continue
      const [bid, ask] = [chain.bid[best]!, chain.ask[best]!]
      found.push({
        spread: (ask - bid) / ((ask + bid) / 2),
        openInterest: chain.openInterest[best]!,
        volume: chain.volume[best]!,
      })
    }
    expect(median(found.map((f) => f.spread))).toBeGreaterThan(0.02)
    expect(median(found.map((f) => f.spread))).toBeLessThan(0.08)
    const share = (test: (f: (typeof found)[number]) => boolean) => found.filter(test).length / found.length
    expect(share((f) => f.spread > 0.08)).toBeGreaterThan(0.01)
    expect(share((f) => f.openInterest < 1000)).toBeGreaterThan(0.03)
    expect(share((f) => f.openInterest >= 1000)).toBeGreaterThan(0.6)
    expect(share((f) => f.volume < 400)).toBeGreaterThan(0.03)
    expect(share((f) => f.volume >= 400)).toBeGreaterThan(0.6)
  })

  it('keep open interest all day and change it over night', () => {
    const bySession = new Map<string, Set<number>>()
    const byContract = new Map<string, Set<number>>()
    for (let s = 0; s < 70; s++) {
      for (let q = chain.offset[s]!; q < chain.offset[s + 1]!; q++) {
        const contract = `${chain.expiry[q]} ${chain.strike[q]} ${chain.isCall[q]}`
        const key = `${chain.session[s]} ${contract}`
        bySession.set(key, (bySession.get(key) ?? new Set()).add(chain.openInterest[q]!))
        byContract.set(contract, (byContract.get(contract) ?? new Set()).add(chain.openInterest[q]!))
      }
    }
    expect(Math.max(...[...bySession.values()].map((set) => set.size))).toBe(1)
    expect(Math.max(...[...byContract.values()].map((set) => set.size))).toBeGreaterThan(5)
  })

  it('report as volume of a same-day contract what its minutes have traded so far', () => {
    const s = 45
    const session = chain.session[s]!
    const traded = new Map<string, number>()
    for (let i = 0; i < optionMinutes.rows; i++) {
      if (optionMinutes.session[i] !== session || optionMinutes.ts[i]! > chain.ts[s]!) continue
      const key = `${optionMinutes.strike[i]} ${optionMinutes.isCall[i]}`
      traded.set(key, (traded.get(key) ?? 0) + optionMinutes.volume[i]!)
    }
    let checked = 0
    for (let q = chain.offset[s]!; chain.expiry[q] === sessionClose[session]; q++) {
      const sum = traded.get(`${chain.strike[q]} ${chain.isCall[q]}`)
      if (sum === undefined) continue
      expect(chain.volume[q]).toBe(sum)
      checked++
    }
    expect(checked).toBeGreaterThan(30)
  })
})
