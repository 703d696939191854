import { sessionClose } from '#shared/calendar/sessions.ts'
import type { ChainTable } from '#shared/jobs/market-types.ts'
import {
  blackScholes,
  bsDelta,
  bsGamma,
  bsPrice,
  bsTheta,
  bsVega,
  optionYearMs,
} from '#shared/kernels/black-scholes.ts'
import type { Random } from '#shared/kernels/random.ts'
import { withRoom } from './growing-columns.ts'
import { dividendYield, interestRate, smile, varianceToExpiry, volatilityPremium } from './implied-surface.ts'
import { listedStrikes } from './listed-expiries.ts'
import type { OpenInterestBook } from './open-interest.ts'
import { type OptionSession, tradedDistance, tradedStrikes } from './option-minutes.ts'

/** Strikes of one expiry through one session, with what does not change within it. */
export interface ListedExpiry {
  session: number
  strikes: number[]
  /** By strike, put then call: open interest, and contracts that the whole day will trade. */
  openInterest: Float64Array
  dayVolume: Float64Array
}

export function createChain(snapshots: number, quotes: number): ChainTable {
  const column = () => new Float64Array(quotes)
  return {
    snapshots: 0,
    ts: new Float64Array(snapshots),
    session: new Int32Array(snapshots),
    spot: new Float64Array(snapshots),
    offset: new Int32Array(snapshots + 1),
    strike: column(),
    expiry: column(),
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
}

/** Lists an expiry for a session: strikes around previous close and open, open interest from the book, a day's volume. */
export function listExpiry(
  expirySession: number,
  day: OptionSession,
  low: number,
  high: number,
  book: OpenInterestBook,
  random: Random,
): ListedExpiry {
  const ahead = expirySession - day.session
  const strikes = listedStrikes(ahead, low, high)
  const deviation = Math.sqrt(varianceToExpiry(day.surface, 0, day.path.minutes, ahead))
  const openInterest = new Float64Array(2 * strikes.length)
  const dayVolume = new Float64Array(2 * strikes.length)
  const middle = (low + high) / 2
  const activity = ahead === 0 ? 0.5 : ahead <= 2 ? 0.9 : ahead <= 10 ? 0.35 : 0.12
  for (let q = 0; q < openInterest.length; q++) {
    const strike = strikes[q >> 1]!
    const held = book.read(expirySession, strike, (q & 1) === 1, Math.log(strike / middle) / deviation)
    const u = random.next()
    openInterest[q] = held
    dayVolume[q] = held * activity * (0.1 + u * u)
  }
  return { session: expirySession, strikes, openInterest, dayVolume }
}

const greeks = new Float64Array(5)

/**
 * Takes a snapshot of all listed options at the end of minute `minute` − 1. Quotes are in whole cents around the model's
 * price; volume is what traded today so far; at the instant of expiry only intrinsic value is left and there is no volatility.
 */
export function takeSnapshot(
  chain: ChainTable,
  day: OptionSession,
  expiries: ListedExpiry[],
  minute: number,
  volumeShare: number,
  random: Random,
): void {
  const { path, surface } = day
  const spot = Math.round(Math.exp(path.close[minute - 1]!) * 100) / 100
  const ts = day.openTs + minute * 60_000
  const s = chain.snapshots++
  chain.ts[s] = ts
  chain.session[s] = day.session
  chain.spot[s] = spot
  let row = chain.offset[s]!
  makeRoom(chain, row, expiries)
  for (const listed of expiries) {
    const ahead = listed.session - day.session
    const expiry = sessionClose[listed.session]!
    const years = (expiry - ts) / optionYearMs
    const deviation =
      Math.sqrt(varianceToExpiry(surface, minute, path.minutes, ahead)) * volatilityPremium(ahead)
    const forward = spot * Math.exp((interestRate - dividendYield) * years)
    const { strikes } = listed
    for (let q = 0; q < 2 * strikes.length; q++) {
      const strike = strikes[q >> 1]!
      const call = (q & 1) === 1
      const iv =
        years > 0
          ? (deviation / Math.sqrt(years)) * smile(surface, Math.log(strike / forward) / deviation)
          : 0
      blackScholes(call, spot, strike, years, interestRate, dividendYield, iv, greeks)
      const fair = greeks[bsPrice]! * 100
      const width = quoteWidth(fair, surface.sigma, random)
      const bid = Math.max(0, Math.round(fair - width / 2))
      chain.strike[row] = strike
      chain.expiry[row] = expiry
      chain.isCall[row] = call ? 1 : 0
      chain.bid[row] = bid / 100
      chain.ask[row] = (bid + width) / 100
      chain.volume[row] = Math.floor(volumeShare * listed.dayVolume[q]!)
      chain.openInterest[row] = listed.openInterest[q]!
      chain.iv[row] = years > 0 ? round(iv, 1e4) : Number.NaN
      chain.delta[row] = round(greeks[bsDelta]!, 1e4)
      chain.gamma[row] = round(greeks[bsGamma]!, 1e6)
      chain.vega[row] = round(greeks[bsVega]!, 1e4)
      chain.theta[row] = round(greeks[bsTheta]!, 1e4)
      if (ahead === 0) {
        const k = strike - day.centre + tradedDistance
        if (k >= 0 && k < tradedStrikes) chain.volume[row] = day.tradedSoFar[call ? k : k + tradedStrikes]!
      }
      row++
    }
  }
  chain.offset[s + 1] = row
}

/** The filled part of the columns. */
export function finishChain(chain: ChainTable): ChainTable {
  const { snapshots } = chain
  const quotes = chain.offset[snapshots]!
  const cut = (column: Float64Array) => column.slice(0, quotes)
  return {
    snapshots,
    ts: chain.ts.slice(0, snapshots),
    session: chain.session.slice(0, snapshots),
    spot: chain.spot.slice(0, snapshots),
    offset: chain.offset.slice(0, snapshots + 1),
    strike: cut(chain.strike),
    expiry: cut(chain.expiry),
    isCall: chain.isCall.slice(0, quotes),
    bid: cut(chain.bid),
    ask: cut(chain.ask),
    volume: cut(chain.volume),
    openInterest: cut(chain.openInterest),
    iv: cut(chain.iv),
    delta: cut(chain.delta),
    gamma: cut(chain.gamma),
    vega: cut(chain.vega),
    theta: cut(chain.theta),
  }
}

/** Ask less bid in cents: dearer options and wilder markets are quoted wider, now and then one is quoted badly. */
function quoteWidth(fairCents: number, sigma: number, random: Random): number {
  const u = random.next()
  const usual = 0.22 * fairCents ** 0.6 * Math.sqrt(sigma / 0.007)
  return Math.max(1, Math.round(usual * (0.6 + 0.8 * u + 1.6 * u ** 12)))
}

function makeRoom(chain: ChainTable, rows: number, expiries: ListedExpiry[]): void {
  let needed = rows
  for (const { strikes } of expiries) needed += 2 * strikes.length
  chain.isCall = withRoom(chain.isCall, needed)
  for (const name of quoteColumns) chain[name] = withRoom(chain[name], needed)
}

const quoteColumns = [
  'strike',
  'expiry',
  'bid',
  'ask',
  'volume',
  'openInterest',
  'iv',
  'delta',
  'gamma',
  'vega',
  'theta',
] as const

function round(value: number, places: number): number {
  // Adding zero turns −0, which decimals on disk do not know, into 0.
  return Math.round(value * places) / places + 0
}
