import type { Fills } from './fills.ts'
import type { Timeline } from './timeline.ts'

/** Rounding that remains of exposures which cancel. */
const negligible = 1e-12

/** Bars first … last of the timeline, whole sessions. */
export interface Window {
  from: number
  to: number
}

/** Buffers that every simulation of one evaluation shares. */
export interface Scratch {
  /** Positions under trial, one per row: only the rows of the trial are valid. */
  position: Float64Array
  held: Float64Array
  gap: Float64Array
  booked: Float64Array
  barReturn: Float64Array
  dayReturn: Float64Array
  daySession: Int32Array
}

/** What a simulation saw. The returns themselves stay in the scratch, `days` and `bars` of them. */
export interface Simulation {
  days: number
  bars: number
  trades: number
  /** Final equity, from 1. */
  equity: number
  /** Sum of absolute changes of net exposure. */
  traded: number
  /** Sum over bars of absolute net exposure. */
  exposed: number
  /** Costs in units of starting equity. */
  paid: number
  /** Sum of bar returns before costs. */
  gross: number
}

export function makeScratch({ bars, session }: Timeline, rows: number): Scratch {
  const spread = bars === 0 ? 0 : session[bars - 1]! - session[0]! + 1
  const days = Math.max(bars, spread)
  return {
    position: new Float64Array(rows),
    held: new Float64Array(bars + 2),
    gap: new Float64Array(bars + 2),
    booked: new Float64Array(bars + 2),
    barReturn: new Float64Array(bars),
    dayReturn: new Float64Array(days),
    daySession: new Int32Array(days),
  }
}

/**
 * Runs positions through the bars: overlapping tranches add up to one net exposure, its changes pay costs at the instant they
 * happen, equity compounds over gaps and bars. O(trades + bars).
 * @param rows rows that may trade, in time order
 * @param position signed size by row, 0 for none
 * @param tranche share of capital that one trade of size 1 holds
 * @param costRate cost of a change of net exposure by 1, a fraction
 */
export function simulate(
  timeline: Timeline,
  fills: Fills,
  rows: Int32Array,
  position: Float64Array,
  tranche: number,
  costRate: number,
  { from, to }: Window,
  scratch: Scratch,
): Simulation {
  const trades = bookTrades(timeline, fills, rows, position, tranche, { from, to }, scratch)
  const { session, gapReturn, barReturn, joined, isBooked, countsEmptySessions } = timeline
  const { held: heldChange, gap: gapChange, booked, dayReturn, daySession, barReturn: netReturn } = scratch
  const { isOverGap } = fills
  let days = 0
  let equity = 1
  let traded = 0
  let exposed = 0
  let paid = 0
  let gross = 0
  let held = 0
  let gap = 0
  let day = 1
  for (let b = from; b <= to; b++) {
    held = settle(held + heldChange[b]!)
    const carried = 1 + gap * gapReturn[b]!
    const earned = 1 + (isBooked ? booked[b]! : held * barReturn[b]!)
    const opening = joined[b] === 1 ? 0 : Math.abs(held - gap)
    const exposure = isOverGap ? gap : held
    gap = settle(gap + gapChange[b]!)
    const next = b < to ? settle(held + heldChange[b + 1]!) : 0
    const closing = b < to && joined[b + 1] === 1 ? Math.abs(next - held) : Math.abs(gap - held)

    traded += opening + closing
    exposed += Math.abs(exposure)
    gross += carried * earned - 1
    const afterOpening = carried * (1 - opening * costRate) * earned
    paid += equity * (carried * opening * costRate + afterOpening * closing * costRate)
    // Equity ends at 0: nobody is asked for more than the account holds.
    const factor = Math.max(0, afterOpening * (1 - closing * costRate))
    netReturn[b - from] = factor - 1
    equity *= factor
    day *= factor

    if (b < to && session[b + 1]! === session[b]!) continue
    dayReturn[days] = day - 1
    daySession[days++] = session[b]!
    if (countsEmptySessions && b < to) {
      for (let empty = session[b]! + 1; empty < session[b + 1]!; empty++) {
        dayReturn[days] = 0
        daySession[days++] = empty
      }
    }
    day = 1
  }
  return { days, bars: to - from + 1, trades, equity, traded, exposed, paid, gross }
}

/** Writes changes of exposure per bar into the scratch and returns the number of trades. */
function bookTrades(
  timeline: Timeline,
  fills: Fills,
  rows: Int32Array,
  position: Float64Array,
  tranche: number,
  { from, to }: Window,
  { held, gap, booked }: Scratch,
): number {
  const { first: firstBar, last: lastBar, isOverGap, ret } = fills
  held.fill(0, from, to + 2)
  gap.fill(0, from, to + 2)
  booked.fill(0, from, to + 2)
  let trades = 0
  for (let k = 0; k < rows.length; k++) {
    const i = rows[k]!
    const first = firstBar[i]!
    if (first < 0 || position[i]! === 0) continue
    trades++
    const last = lastBar[i]!
    const weight = position[i]! * tranche
    if (isOverGap) {
      gap[first - 1]! += weight
      gap[first]! -= weight
      continue
    }
    held[first]! += weight
    held[last + 1]! -= weight
    gap[first]! += weight
    gap[last]! -= weight
    if (timeline.isBooked) booked[last]! += weight * ret[i]!
  }
  return trades
}

/** An exposure, 0 where only rounding is left of it. */
export function settle(exposure: number): number {
  return Math.abs(exposure) < negligible ? 0 : exposure
}
