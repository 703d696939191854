import type { OptionMinutes } from '#shared/jobs/market-types.ts'
import { blackScholesPrice, optionYearMs } from '#shared/kernels/black-scholes.ts'
import type { Random } from '#shared/kernels/random.ts'
import { withRoom } from './growing-columns.ts'
import {
  dividendYield,
  type ImpliedSurface,
  interestRate,
  smile,
  varianceToExpiry,
  volatilityPremium,
} from './implied-surface.ts'
import type { MinutePath } from './minute-path.ts'
import { shapeMinute, volumeShape } from './session-shape.ts'

/** Strikes that trade: this far from the rounded previous close, in dollars. */
export const tradedDistance = 12
/** Traded strikes of one right. */
export const tradedStrikes = 2 * tradedDistance + 1

const blockMinutes = 5
const minuteMs = 60_000
/** Contracts in a usual minute that trades at all; smaller expectations trade in fewer minutes. */
const usualClip = 10

/** Same-day options of one session while it goes on. */
export interface OptionSession {
  session: number
  openTs: number
  closeTs: number
  /** Rounded previous close. */
  centre: number
  path: MinutePath
  surface: ImpliedSurface
  /** Contracts traded so far today, calls then puts, by strike from centre − tradedDistance. */
  tradedSoFar: Float64Array
}

export function createOptionMinutes(rows: number): OptionMinutes {
  return {
    rows: 0,
    ts: new Float64Array(rows),
    session: new Int32Array(rows),
    strike: new Float64Array(rows),
    isCall: new Uint8Array(rows),
    volume: new Int32Array(rows),
    vwap: new Float64Array(rows),
    transactions: new Int32Array(rows),
  }
}

/** The filled part of the columns. */
export function finishOptionMinutes(table: OptionMinutes): OptionMinutes {
  const { rows } = table
  return {
    rows,
    ts: table.ts.slice(0, rows),
    session: table.session.slice(0, rows),
    strike: table.strike.slice(0, rows),
    isCall: table.isCall.slice(0, rows),
    volume: table.volume.slice(0, rows),
    vwap: table.vwap.slice(0, rows),
    transactions: table.transactions.slice(0, rows),
  }
}

const expected = new Float64Array(2 * tradedStrikes)
const implied = new Float64Array(tradedStrikes)

/**
 * Trades same-day options over minutes from … to − 1: `calls` and `puts` contracts expected in all, spread over strikes around
 * the spot, out of the money before in, and over minutes as volume is.
 */
export function tradeOptions(
  table: OptionMinutes,
  day: OptionSession,
  from: number,
  to: number,
  calls: number,
  puts: number,
  random: Random,
): void {
  const { path, centre } = day
  const room = table.rows + (to - from) * 2 * tradedStrikes
  table.ts = withRoom(table.ts, room)
  table.session = withRoom(table.session, room)
  table.strike = withRoom(table.strike, room)
  table.isCall = withRoom(table.isCall, room)
  table.volume = withRoom(table.volume, room)
  table.vwap = withRoom(table.vwap, room)
  table.transactions = withRoom(table.transactions, room)
  const { ts, session, strike, isCall, volume, vwap, transactions } = table
  let hourShape = 0
  for (let m = from; m < to; m++) hourShape += volumeShape[shapeMinute(m, path.minutes)]!
  let row = table.rows
  for (let block = from; block < to; block += blockMinutes) {
    const blockEnd = Math.min(block + blockMinutes, to)
    prepareBlock(day, block)
    for (let m = block; m < blockEnd; m++) {
      const share = volumeShape[shapeMinute(m, path.minutes)]! / hourShape
      const spot = Math.exp((path.open[m]! + path.close[m]!) / 2)
      const middleTs = day.openTs + (m + 0.5) * minuteMs
      const years = (day.closeTs - middleTs) / optionYearMs
      for (let c = 0; c < 2 * tradedStrikes; c++) {
        const call = c < tradedStrikes
        const wanted = (call ? calls : puts) * share * expected[c]!
        const chance = 1 - Math.exp(-wanted / usualClip)
        if (random.next() >= chance) continue
        const s = call ? c : c - tradedStrikes
        const price = blackScholesPrice(
          call,
          spot,
          centre - tradedDistance + s,
          years,
          interestRate,
          dividendYield,
          implied[s]!,
        )
        const contracts = Math.max(1, Math.round((-Math.log(1 - random.next()) * wanted) / chance))
        const slip = 1 + 0.02 * (random.next() - 0.5)
        ts[row] = day.openTs + (m + 1) * minuteMs
        session[row] = day.session
        strike[row] = centre - tradedDistance + s
        isCall[row] = call ? 1 : 0
        volume[row] = contracts
        vwap[row] = Math.max(0.01, Math.round(price * slip * 1e4) / 1e4)
        transactions[row] = 1 + Math.floor(contracts / (4 + 8 * random.next()))
        day.tradedSoFar[c]! += contracts
        row++
      }
    }
  }
  table.rows = row
}

/** Fills the share of volume of each strike and right, and the volatility of each strike, for one block of minutes. */
function prepareBlock(day: OptionSession, minute: number): void {
  const { path, surface, centre } = day
  const spot = Math.exp(minute === 0 ? path.start : path.close[minute - 1]!)
  const premium = volatilityPremium(0)
  const deviation = Math.sqrt(varianceToExpiry(surface, minute, path.minutes, 0)) * premium
  const years = (day.closeTs - day.openTs - (minute + blockMinutes / 2) * minuteMs) / optionYearMs
  const scale = Math.max(1.4, 0.75 * spot * deviation)
  let callSum = 0
  let putSum = 0
  for (let s = 0; s < tradedStrikes; s++) {
    const strike = centre - tradedDistance + s
    const x = Math.log(strike / spot) / deviation
    implied[s] = (deviation / Math.sqrt(years)) * smile(surface, x)
    expected[s] = Math.exp(-Math.abs(strike - spot - 0.8) / scale)
    expected[s + tradedStrikes] = Math.exp(-Math.abs(strike - spot + 0.8) / scale)
    callSum += expected[s]!
    putSum += expected[s + tradedStrikes]!
  }
  for (let s = 0; s < tradedStrikes; s++) {
    expected[s]! /= callSum
    expected[s + tradedStrikes]! /= putSum
  }
}
