import { hourEnd, lastHourEt } from '#main/lake/session-hours.ts'
import { sessionClose } from '#shared/calendar/sessions.ts'
import type { ChainTable } from '#shared/jobs/market-types.ts'
import {
  blackScholes,
  bsDelta,
  bsGamma,
  bsTheta,
  bsVega,
  impliedVolatility,
  optionYearMs,
} from '#shared/kernels/black-scholes.ts'
import type { TradedContract } from './option-minutes.ts'

const minuteMs = 60_000
const firstHourEt = 9
/** A price older than this says nothing of the volatility now: a same-day option moves with every tick of the underlying. */
const freshMs = 5 * minuteMs

/**
 * The same-day chain of a past session at the end of each clock hour, made of what traded by then: day volume so far, and
 * volatility and Greeks by Black–Scholes from the last trade where it is fresh. Rates and dividends of a few hours are taken as
 * nothing. Quotes and open interest of the past are not to be had, so they are NaN, as is volatility at the expiry itself.
 * @param spotAt price of the underlying at an instant, NaN where it is unknown
 */
export function buildPastChain(
  contracts: readonly TradedContract[],
  session: number,
  spotAt: (ts: number) => number,
): ChainTable {
  const close = sessionClose[session]!
  const hours = Array.from({ length: lastHourEt(session) - firstHourEt + 1 }, (_, i) => firstHourEt + i)
  const times = hours.map((hour) => Math.min(hourEnd(session, hour), close))
  const width = contracts.length
  const quotes = times.length * width
  const column = () => new Float64Array(quotes).fill(Number.NaN)
  const chain: ChainTable = {
    snapshots: times.length,
    ts: Float64Array.from(times),
    session: new Int32Array(times.length).fill(session),
    spot: Float64Array.from(times, spotAt),
    offset: Int32Array.from({ length: times.length + 1 }, (_, s) => s * width),
    strike: column(),
    expiry: new Float64Array(quotes).fill(close),
    isCall: new Uint8Array(quotes),
    bid: column(),
    ask: column(),
    volume: column(),
    openInterest: column(),
    iv: column(),
    delta: column(),
    gamma: column(),
    vega: column(),
    theta: column(),
  }
  const greeks = new Float64Array(5)
  for (const [s, ts] of times.entries()) {
    const spot = chain.spot[s]!
    const years = (close - ts) / optionYearMs
    for (const [c, { strike, isCall, minutes }] of contracts.entries()) {
      const q = s * width + c
      chain.strike[q] = strike
      chain.isCall[q] = Number(isCall)
      const { volume, price } = tradedBy(minutes, ts)
      chain.volume[q] = volume
      const sigma = impliedVolatility(isCall, price, spot, strike, years, 0, 0)
      // A volatility beyond 500 % is a stray print, not a view (engine.md 2).
      if (!(sigma > 0 && sigma <= 5)) continue
      blackScholes(isCall, spot, strike, years, 0, 0, sigma, greeks)
      chain.iv[q] = sigma
      chain.delta[q] = greeks[bsDelta]!
      chain.gamma[q] = greeks[bsGamma]!
      chain.vega[q] = greeks[bsVega]!
      chain.theta[q] = greeks[bsTheta]!
    }
  }
  return chain
}

/** Contracts traded in minutes that have ended at an instant, and the last price where it is fresh. */
function tradedBy(minutes: TradedContract['minutes'], ts: number): { volume: number; price: number } {
  let volume = 0
  let price = Number.NaN
  for (const { t, v = 0, c } of minutes) {
    const end = t + minuteMs
    if (end > ts) break
    volume += v
    price = end > ts - freshMs ? c : Number.NaN
  }
  return { volume, price }
}
