import type { EvaluateInput, ScoredRows } from '#shared/jobs/evaluate-types.ts'
import type { PricePath } from '#shared/jobs/matrix-types.ts'

/** A hit is booked as one percent of equity and a miss as minus one: the unit of results without any return. */
export const hitUnit = 0.01

/** Where each row's trade would be filled. A row that cannot trade has first and last −1. */
export interface Fills {
  /** Bars of the timeline over which the trade is exposed, inclusive. */
  first: Int32Array
  last: Int32Array
  /** The trade is exposed only over the gap before `first`: close to open. */
  isOverGap: boolean
  entryTs: Float64Array
  exitTs: Float64Array
  entry: Float64Array
  exit: Float64Array
  /** Return of a long trade, before costs. */
  ret: Float64Array
}

/**
 * Plans the fill of every row by the rule of the input, or one bar later. Same-day trades stay in their session: an entry that
 * would leave it is not made, an exit that would is made at the session's last close.
 * @param delay 0, or 1 for every fill one bar later (one session for close to open); the latter needs a price path
 */
export function planFills(input: EvaluateInput, delay: 0 | 1): Fills {
  const { rows, fill } = input
  const fills = emptyFills(rows.rows, fill === 'close_to_open')
  if (input.path === null) planBooked(input, fills)
  else if (fill === 'close_to_open') planNights(input.path, rows, delay, fills)
  else planDays(input.path, rows, fill === 'next_close', delay, fills)
  return fills
}

function emptyFills(rows: number, isOverGap: boolean): Fills {
  const column = () => new Float64Array(rows).fill(Number.NaN)
  return {
    first: new Int32Array(rows).fill(-1),
    last: new Int32Array(rows).fill(-1),
    isOverGap,
    entryTs: column(),
    exitTs: column(),
    entry: column(),
    exit: column(),
    ret: column(),
  }
}

/**
 * Enter at the next open and leave at the close of the label's end. Where opens are not traded both fills move to the next close,
 * so that the trade still holds as many bars as its label.
 */
function planDays(path: PricePath, rows: ScoredRows, isAtClose: boolean, delay: number, fills: Fills): void {
  const sessionEnd = lastBarOfSession(path)
  const shift = isAtClose ? delay + 1 : delay
  for (let i = 0; i < rows.rows; i++) {
    if (rows.exitBar[i]! < 0) continue
    const decision = rows.bar[i]!
    const isSameDay = path.cadence !== 'daily' && path.session[decision]! === path.session[rows.exitBar[i]!]!
    const entryBar = decision + 1 + delay
    const exitBar = isSameDay
      ? Math.min(rows.exitBar[i]! + shift, sessionEnd[decision]!)
      : rows.exitBar[i]! + shift
    const first = isAtClose ? entryBar + 1 : entryBar
    if (first > exitBar || exitBar >= path.bars) continue
    const entry = isAtClose ? path.close[entryBar]! : path.open[entryBar]!
    const exit = path.close[exitBar]!
    if (!(entry > 0 && exit > 0)) continue
    fills.first[i] = first
    fills.last[i] = exitBar
    fills.entryTs[i] = isAtClose ? path.ts[entryBar]! : path.openTs[entryBar]!
    fills.exitTs[i] = path.ts[exitBar]!
    fills.entry[i] = entry
    fills.exit[i] = exit
    fills.ret[i] = exit / entry - 1
  }
}

/** Enter at the close before the bar at whose open the label ends, leave at that open. */
function planNights(path: PricePath, rows: ScoredRows, delay: number, fills: Fills): void {
  const sessionEnd = lastBarOfSession(path)
  for (let i = 0; i < rows.rows; i++) {
    if (rows.exitBar[i]! < 0) continue
    const exitBar = delay === 0 ? rows.exitBar[i]! : sessionEnd[rows.exitBar[i]!]! + 1
    if (exitBar < 1 || exitBar >= path.bars) continue
    const entry = path.close[exitBar - 1]!
    const exit = path.open[exitBar]!
    if (!(entry > 0 && exit > 0)) continue
    fills.first[i] = exitBar
    fills.last[i] = exitBar
    fills.entryTs[i] = path.ts[exitBar - 1]!
    fills.exitTs[i] = path.openTs[exitBar]!
    fills.entry[i] = entry
    fills.exit[i] = exit
    fills.ret[i] = exit / entry - 1
  }
}

/** Without prices a trade lives over the rows up to its label's end and is worth its return column, or its hit. */
function planBooked({ rows, fill, horizonBars }: EvaluateInput, fills: Fills): void {
  const up = rows.classes.indexOf('UP')
  const down = rows.classes.indexOf('DOWN')
  for (let i = 0; i < rows.rows; i++) {
    const isHit = fill === 'direction'
    const y = rows.y[i]!
    const ret = isHit
      ? y < 0
        ? Number.NaN
        : y === up
          ? hitUnit
          : y === down
            ? -hitUnit
            : 0
      : rows.retFwd[i]!
    if (!Number.isFinite(ret)) continue
    let last = i
    while (last + 1 < rows.rows && last + 1 < i + horizonBars && !(rows.ts[last + 1]! >= rows.t1[i]!)) last++
    fills.first[i] = i
    fills.last[i] = last
    fills.entryTs[i] = rows.ts[i]!
    fills.exitTs[i] = rows.t1[i]!
    fills.ret[i] = ret
  }
}

function lastBarOfSession({ bars, session }: PricePath): Int32Array {
  const last = new Int32Array(bars)
  for (let b = bars - 1; b >= 0; b--) {
    last[b] = b + 1 < bars && session[b + 1]! === session[b]! ? last[b + 1]! : b
  }
  return last
}
