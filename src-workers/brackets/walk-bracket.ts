import type { PricePath } from '#shared/jobs/matrix-types.ts'

/** How a trade ended, as codes of `WalkedTrade.end`. */
export const endedByStop = 0
export const endedByTarget = 1
export const endedByTime = 2
export const notClosed = 3

/** Levels of one trade, all known at its entry. */
export interface Bracket {
  entryBar: number
  /** 1 long, −1 short. */
  side: number
  stop: number
  target: number
  /** Last bar that the trade may live to see; it leaves at that bar's close. */
  lastBar: number
}

export interface WalkedTrade {
  end: number
  bar: number
  price: number
}

/**
 * Walks one trade bar by bar from its entry at the open of `entryBar`. A bar that opens beyond a level fills there at its open; one
 * that touches both levels is a stop, because nothing tells which came first. Time is up at the close of `lastBar`, or of the next bar
 * that has a price. Bars without prices touch nothing. Writes into `out` and returns it.
 */
export function walkBracket(path: PricePath, bracket: Bracket, out: WalkedTrade): WalkedTrade {
  const { entryBar, side, stop, target, lastBar } = bracket
  const { bars, open, high, low, close } = path
  for (let b = entryBar; b < bars; b++) {
    // Mirrored for shorts: above is in favour, below is against.
    const opened = side * open[b]!
    const against = side > 0 ? low[b]! : -high[b]!
    const favour = side > 0 ? high[b]! : -low[b]!
    if (b > entryBar && opened <= side * stop) return settle(out, endedByStop, b, open[b]!)
    if (b > entryBar && opened >= side * target) return settle(out, endedByTarget, b, open[b]!)
    if (against <= side * stop) return settle(out, endedByStop, b, stop)
    if (favour >= side * target) return settle(out, endedByTarget, b, target)
    if (b >= lastBar && close[b]! > 0) return settle(out, endedByTime, b, close[b]!)
  }
  return settle(out, notClosed, bars - 1, Number.NaN)
}

function settle(out: WalkedTrade, end: number, bar: number, price: number): WalkedTrade {
  out.end = end
  out.bar = bar
  out.price = price
  return out
}
