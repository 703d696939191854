import { emptyBars } from '#main/lake/resample-bars.ts'
import { newYorkDay } from '#shared/calendar/new-york.ts'
import { sessionAt, sessionClose, sessionOfDay, sessionOpen } from '#shared/calendar/sessions.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import { isImpossible, orderBars } from './order-bars.ts'
import type { Aggregate } from './vendor-schemas.ts'

/** Bars of regular hours, and how many were not taken and why. */
export interface TakenBars {
  bars: Aggregate[]
  /** Session of each bar. */
  sessions: number[]
  /** Bars before the open or after the close, by session; −1 for days without one. */
  outside: Map<number, number>
  /** Those of them that a session has, with possible prices. */
  extended: { bars: Aggregate[]; sessions: number[] }
  /** Bars with impossible prices. */
  impossible: number
}

export function nothingTaken(): TakenBars {
  return { bars: [], sessions: [], outside: new Map(), extended: { bars: [], sessions: [] }, impossible: 0 }
}

/** Bars of a width that lie wholly within a regular session, in time order, each start once. */
export function takeRegularHours(sent: readonly Aggregate[], widthMs: number): TakenBars {
  const taken = nothingTaken()
  for (const bar of orderBars(sent)) {
    const session = sessionAt(bar.t)
    if (session < 0 || bar.t + widthMs > sessionClose[session]!) {
      const day = sessionOfDay(newYorkDay(bar.t))
      taken.outside.set(day, (taken.outside.get(day) ?? 0) + 1)
      if (day < 0 || isImpossible(bar)) continue
      taken.extended.bars.push(bar)
      taken.extended.sessions.push(day)
    } else if (isImpossible(bar)) taken.impossible++
    else {
      taken.bars.push(bar)
      taken.sessions.push(session)
    }
  }
  return taken
}

/** Daily bars, which the vendor dates by midnight in New York, one a session. */
export function takeDays(sent: readonly Aggregate[]): TakenBars {
  const taken = nothingTaken()
  for (const bar of orderBars(sent)) {
    const session = sessionOfDay(newYorkDay(bar.t))
    if (session < 0) taken.outside.set(-1, (taken.outside.get(-1) ?? 0) + 1)
    else if (isImpossible(bar)) taken.impossible++
    else if (taken.sessions.at(-1) === session) taken.bars[taken.bars.length - 1] = bar
    else {
      taken.bars.push(bar)
      taken.sessions.push(session)
    }
  }
  return taken
}

/** Taken bars as the lake stores them. @param widthMs null for daily bars, which span their session */
export function toBarSeries({ bars, sessions }: TakenBars['extended'], widthMs: number | null): BarSeries {
  const series = emptyBars(bars.length)
  for (let i = 0; i < bars.length; i++) {
    const { t, o, h, l, c, v, vw } = bars[i]!
    const session = sessions[i]!
    series.session[i] = session
    series.openTs[i] = widthMs === null ? sessionOpen[session]! : t
    series.ts[i] = widthMs === null ? sessionClose[session]! : t + widthMs
    series.open[i] = o
    series.high[i] = h
    series.low[i] = l
    series.close[i] = c
    series.volume[i] = v ?? Number.NaN
    series.vwap[i] = vw ?? Number.NaN
  }
  return series
}
