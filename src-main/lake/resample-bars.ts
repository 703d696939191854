import { sessionClose, sessionOpen } from '#shared/calendar/sessions.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import { hourEnd, hourEtAt } from './session-hours.ts'

const minuteMs = 60_000

/** Where the coarse bar that holds a fine one begins and ends, epoch ms UTC. */
type Span = (session: number, openTs: number) => { from: number; to: number }

/** Clock hours cut at the session: 09:30–10:00 first, the last one ends at the close. */
export function toClockHours(bars: BarSeries): BarSeries {
  return resample(bars, (session, openTs) => {
    const to = hourEnd(session, hourEtAt(session, openTs))
    return {
      from: Math.max(to - 60 * minuteMs, sessionOpen[session]!),
      to: Math.min(to, sessionClose[session]!),
    }
  })
}

/** Quarters of an hour from the opening on. */
export function toQuarterHours(bars: BarSeries): BarSeries {
  const width = 15 * minuteMs
  return resample(bars, (session, openTs) => {
    const open = sessionOpen[session]!
    const from = open + Math.floor((openTs - open) / width) * width
    return { from, to: Math.min(from + width, sessionClose[session]!) }
  })
}

/** One bar a session, of the bars that have closed `cutMinutes` before its close. */
export function toDaily(bars: BarSeries, cutMinutes = 0): BarSeries {
  return resample(bars, (session) => ({
    from: sessionOpen[session]!,
    to: sessionClose[session]! - cutMinutes * minuteMs,
  }))
}

/**
 * Joins bars into coarser ones: first open, last close, extremes, summed volume, volume-weighted price (NaN where a part has
 * none). Bars outside regular hours, or that end after their coarse bar does, are left out; so is a last coarse bar that the
 * data do not reach the end of: it has not closed yet.
 */
function resample(bars: BarSeries, spanOf: Span): BarSeries {
  const out = emptyBars(bars.length)
  let b = -1
  let value = 0
  for (let i = 0; i < bars.length; i++) {
    const session = bars.session[i]!
    if (session < 0 || bars.openTs[i]! < sessionOpen[session]!) continue
    const { from, to } = spanOf(session, bars.openTs[i]!)
    if (bars.ts[i]! > to) continue
    if (b < 0 || out.ts[b] !== to) {
      b++
      value = 0
      out.ts[b] = to
      out.openTs[b] = from
      out.session[b] = session
      out.open[b] = bars.open[i]!
      out.high[b] = bars.high[i]!
      out.low[b] = bars.low[i]!
      out.volume[b] = 0
    }
    out.high[b] = Math.max(out.high[b]!, bars.high[i]!)
    out.low[b] = Math.min(out.low[b]!, bars.low[i]!)
    out.close[b] = bars.close[i]!
    out.volume[b]! += bars.volume[i]!
    // A bar without trades has no price to weigh.
    if (bars.volume[i]! !== 0) value += bars.vwap[i]! * bars.volume[i]!
    out.vwap[b] = out.volume[b]! > 0 ? value / out.volume[b]! : Number.NaN
  }
  const isOpen = b >= 0 && out.ts[b]! > bars.ts[bars.length - 1]!
  return sliceBars(out, 0, isOpen ? b : b + 1)
}

/** Bars whose close lies in the range, bounds included. */
export function barsWithin(bars: BarSeries, startTs: number, endTs: number): BarSeries {
  let from = 0
  while (from < bars.length && bars.ts[from]! < startTs) from++
  let to = bars.length
  while (to > from && bars.ts[to - 1]! > endTs) to--
  return sliceBars(bars, from, to)
}

/** Share of sessions whose open is exactly the close before: from 5 % on, opens are no traded prices (engine.md 5). */
export function opensAtCloseShare(bars: BarSeries): number {
  let opens = 0
  let equal = 0
  for (let i = 1; i < bars.length; i++) {
    if (bars.session[i] === bars.session[i - 1]) continue
    opens++
    if (bars.open[i] === bars.close[i - 1]) equal++
  }
  return opens === 0 ? 0 : equal / opens
}

export function emptyBars(length: number): BarSeries {
  const column = () => new Float64Array(length)
  return {
    length,
    ts: column(),
    openTs: column(),
    session: new Int32Array(length),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    vwap: column(),
  }
}

function sliceBars(bars: BarSeries, from: number, to: number): BarSeries {
  const cut = (column: Float64Array) => column.slice(from, to)
  return {
    length: to - from,
    ts: cut(bars.ts),
    openTs: cut(bars.openTs),
    session: bars.session.slice(from, to),
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: cut(bars.volume),
    vwap: cut(bars.vwap),
  }
}
