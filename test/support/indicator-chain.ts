import { sessionClose } from '#shared/calendar/sessions.ts'
import type { ChainSeries } from '#shared/catalog/indicators/define.ts'
import { blackScholes, bsDelta, bsGamma, bsPrice, optionYearMs } from '#shared/kernels/black-scholes.ts'

/** One option of a snapshot. What a test does not care about may be left out. */
export interface Quote {
  expiry: number
  strike: number
  isCall: boolean
  iv?: number
  openInterest?: number
  delta?: number
  gamma?: number
  bid?: number
  ask?: number
  volume?: number
}

export interface Snapshot {
  ts: number
  session: number
  spot: number
  quotes: Quote[]
}

/** Lays snapshots out in columns, quotes in the order that a chain has; a row knows every snapshot taken up to its decision. */
export function chainOf(snapshots: Snapshot[], decisions: Float64Array): ChainSeries {
  const ordered = snapshots.map(({ quotes }) =>
    [...quotes].sort(
      (a, b) => a.expiry - b.expiry || a.strike - b.strike || Number(a.isCall) - Number(b.isCall),
    ),
  )
  const quotes = ordered.flat()
  const column = (name: Exclude<keyof Quote, 'isCall'>) =>
    Float64Array.from(quotes, (q) => q[name] ?? Number.NaN)
  const offset = new Int32Array(snapshots.length + 1)
  for (const [s, { length }] of ordered.entries()) offset[s + 1] = offset[s]! + length
  return {
    snapshots: snapshots.length,
    ts: Float64Array.from(snapshots, ({ ts }) => ts),
    session: Int32Array.from(snapshots, ({ session }) => session),
    spot: Float64Array.from(snapshots, ({ spot }) => spot),
    offset,
    isCall: Uint8Array.from(quotes, ({ isCall }) => Number(isCall)),
    strike: column('strike'),
    expiry: column('expiry'),
    bid: column('bid'),
    ask: column('ask'),
    volume: column('volume'),
    openInterest: column('openInterest'),
    iv: column('iv'),
    delta: column('delta'),
    gamma: column('gamma'),
    asOf: Int32Array.from(decisions, (decision) => snapshots.filter(({ ts }) => ts <= decision).length),
  }
}

/** Sessions whose expiries are listed: today, tomorrow, the fifth ones, and two that are about 30 and 60 days away. */
function listedSessions(session: number): number[] {
  const month = 10 * Math.ceil((session + 15) / 10)
  return [...new Set([session, session + 1, 5 * Math.ceil((session + 1) / 5), month, month + 20])]
}

const halfWidth = 12

/**
 * Options on hourly bars that end at `times`, snapshots after the first, second, fourth and last of a session: prices and Greeks by Black and Scholes under a smile whose level
 * wanders from session to session. Open interest changes overnight. The third session before the last has no snapshots, now and then
 * one is left out, and some quotes have no volatility or no open interest.
 */
export function syntheticSnapshots(
  times: Float64Array,
  sessions: Int32Array,
  close: Float64Array,
  random: () => number,
): Snapshot[] {
  const snapshots: Snapshot[] = []
  const greeks = new Float64Array(5)
  const held = new Map<number, number>()
  const last = sessions[sessions.length - 1]!
  let level = 0.2
  let today = -1
  let middle = 0
  let hour = 0
  for (const [i, ts] of times.entries()) {
    const session = sessions[i]!
    const spot = close[i]!
    if (session !== today) {
      today = session
      hour = 0
      middle = Math.round(spot)
      level *= 1 + 0.1 * (random() - 0.5)
      held.clear()
    }
    hour++
    if (hour > 2 && hour !== 4 && sessions[i + 1] === session) continue
    const isLeftOut = session === last - 3 || (i > times.length / 2 && random() < 0.03)
    if (isLeftOut) continue
    const quotes: Quote[] = []
    for (const listed of listedSessions(session)) {
      const expiry = sessionClose[listed]!
      const years = (expiry - ts) / optionYearMs
      for (let strike = middle - halfWidth; strike <= middle + halfWidth; strike++) {
        for (const isCall of [false, true]) {
          const key = (1000 * listed + strike) * 2 + Number(isCall)
          const openInterest = held.get(key) ?? Math.floor(5000 * random() ** 2)
          held.set(key, openInterest)
          const distance = Math.log(strike / spot)
          const iv = level * (1 + 0.1 * random()) - 0.3 * distance + 2 * distance ** 2
          blackScholes(isCall, spot, strike, years, 0.04, 0.01, iv, greeks)
          quotes.push({
            expiry,
            strike,
            isCall,
            iv: years > 0 && random() > 0.02 ? iv : Number.NaN,
            openInterest: strike % 7 === 3 && !isCall ? Number.NaN : openInterest,
            delta: greeks[bsDelta]!,
            gamma: greeks[bsGamma]!,
            bid: 0.98 * greeks[bsPrice]!,
            ask: 1.02 * greeks[bsPrice]!,
            volume: Math.floor(900 * random()),
          })
        }
      }
    }
    snapshots.push({ ts, session, spot, quotes })
  }
  return snapshots
}
