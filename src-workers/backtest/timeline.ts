import type { EvaluateInput } from '#shared/jobs/evaluate-types.ts'
import type { PricePath } from '#shared/jobs/matrix-types.ts'

/** What one unit of exposure earns on each bar. Without a price path the scored rows themselves are the bars. */
export interface Timeline {
  bars: number
  session: Int32Array
  /** Return from the previous bar's close to this bar's open. */
  gapReturn: Float64Array
  /** Return from this bar's open to its close. */
  barReturn: Float64Array
  /** 1 where this bar's open is the same instant as the previous bar's close: changes of exposure there net. */
  joined: Uint8Array
  /** Profit is booked when a trade closes, because nothing tells what it was worth in between. */
  isBooked: boolean
  /** Sessions without a bar are flat days of the record, not holes of the data. */
  countsEmptySessions: boolean
}

export function buildTimeline({ path, rows, fill, horizonBars }: EvaluateInput): Timeline {
  if (path !== null) return fill === 'next_close' ? timelineOfCloses(path) : timelineOfBars(path)
  const joined = new Uint8Array(rows.rows)
  for (let i = 1; i < rows.rows; i++) {
    // A one-bar label that ends before the next row decides leaves time between the two trades.
    const leavesTime = horizonBars === 1 && rows.t1[i - 1]! < rows.ts[i]!
    joined[i] = rows.session[i]! === rows.session[i - 1]! && !leavesTime ? 1 : 0
  }
  const nothing = new Float64Array(rows.rows)
  return {
    bars: rows.rows,
    session: rows.session,
    gapReturn: nothing,
    barReturn: nothing,
    joined,
    isBooked: true,
    countsEmptySessions: true,
  }
}

function timelineOfBars({ bars, session, open, close }: PricePath): Timeline {
  const gapReturn = new Float64Array(bars)
  const barReturn = new Float64Array(bars)
  const joined = new Uint8Array(bars)
  // Positions are marked at the last price known where one is missing.
  let mark = Number.NaN
  for (let b = 0; b < bars; b++) {
    if (open[b]! > 0) {
      if (mark > 0) gapReturn[b] = open[b]! / mark - 1
      mark = open[b]!
    }
    if (close[b]! > 0) {
      if (mark > 0) barReturn[b] = close[b]! / mark - 1
      mark = close[b]!
    }
    joined[b] = b > 0 && session[b]! === session[b - 1]! ? 1 : 0
  }
  return { bars, session, gapReturn, barReturn, joined, isBooked: false, countsEmptySessions: false }
}

/** Where opens are not traded prices a bar runs from close to close, and every fill is at a close. */
function timelineOfCloses({ bars, session, close }: PricePath): Timeline {
  const barReturn = new Float64Array(bars)
  let mark = Number.NaN
  for (let b = 0; b < bars; b++) {
    if (!(close[b]! > 0)) continue
    if (mark > 0) barReturn[b] = close[b]! / mark - 1
    mark = close[b]!
  }
  return {
    bars,
    session,
    gapReturn: new Float64Array(bars),
    barReturn,
    joined: new Uint8Array(bars).fill(1),
    isBooked: false,
    countsEmptySessions: false,
  }
}
