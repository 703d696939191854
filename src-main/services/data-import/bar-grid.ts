import type { StoredCadence } from '#main/lake/manifest.ts'
import { emptyBars } from '#main/lake/resample-bars.ts'
import { newYorkDay } from '#shared/calendar/new-york.ts'
import { sessionClose, sessionCount, sessionOfDay, sessionOpen } from '#shared/calendar/sessions.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'

export type ImportCadence = Extract<StoredCadence, '5m' | 'hourly' | 'daily'>

/** What a place in the grid can not be. */
export const outside = -1
export const misaligned = -2
export const halfPast = -3

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Places of a session, half day or not. */
export const slots: Record<ImportCadence, number> = { '5m': 78, hourly: 7, daily: 1 }

/**
 * Every bar that a cadence can have, one place each, in time order: place = session × bars of a full session + bar. So bars may
 * come in any order, repeats and gaps show by themselves, and memory is bounded by the calendar, whatever the file's size.
 */
export interface BarGrid {
  cadence: ImportCadence
  perSession: number
  /** Line of the file that filled the place, 0 for none. */
  line: Uint32Array
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  vwap: Float64Array
}

export const barColumns = ['open', 'high', 'low', 'close', 'volume', 'vwap'] as const

export function createGrid(cadence: ImportCadence): BarGrid {
  const places = slots[cadence] * sessionCount
  const column = () => new Float64Array(places)
  return {
    cadence,
    perSession: slots[cadence],
    line: new Uint32Array(places),
    ...{ open: column(), high: column(), low: column(), close: column(), volume: column(), vwap: column() },
  }
}

/** Number of bars of a session: fewer on half days. */
export function barsIn(session: number, cadence: ImportCadence): number {
  if (cadence === 'daily') return 1
  const length = sessionClose[session]! - sessionOpen[session]!
  return cadence === '5m' ? length / (5 * minuteMs) : (length + 30 * minuteMs) / hourMs
}

/** Opening and closing instant of a place. */
export function boundsOf(
  place: number,
  cadence: ImportCadence,
): { session: number; openTs: number; ts: number } {
  const session = Math.floor(place / slots[cadence])
  const bar = place - session * slots[cadence]
  const open = sessionOpen[session]!
  if (cadence === 'daily') return { session, openTs: open, ts: sessionClose[session]! }
  if (cadence === '5m') {
    return { session, openTs: open + bar * 5 * minuteMs, ts: open + (bar + 1) * 5 * minuteMs }
  }
  // Clock hours: the first is the half hour from 09:30.
  const ts = open + 30 * minuteMs + bar * hourMs
  return { session, openTs: Math.max(open, ts - hourMs), ts }
}

/** Place of an intraday bar that begins (`open`) or ends (`close`) at an instant, else `outside`, `misaligned` or `halfPast`. */
export function placeAt(ts: number, barTime: 'open' | 'close', cadence: '5m' | 'hourly'): number {
  const session = sessionOfDay(newYorkDay(ts))
  if (session < 0) return outside
  const since = ts - sessionOpen[session]!
  const width = cadence === '5m' ? 5 * minuteMs : hourMs
  // The clock hour of 09:00 is cut at the opening, so it may be stamped 09:00 or 09:30.
  if (cadence === 'hourly' && barTime === 'open' && since === 0) return session * slots.hourly
  const fromGrid = cadence === '5m' ? since : since + 30 * minuteMs
  const bar = Math.floor(fromGrid / width) - (barTime === 'open' ? 0 : 1)
  const remainder = fromGrid - Math.floor(fromGrid / width) * width
  if (remainder !== 0) {
    const isWithin = since >= 0 && ts <= sessionClose[session]!
    if (!isWithin) return outside
    return cadence === 'hourly' && remainder === hourMs / 2 ? halfPast : misaligned
  }
  return bar >= 0 && bar < barsIn(session, cadence) ? session * slots[cadence] + bar : outside
}

/** Place of a bar of a series of the same cadence, −1 where it is none of the grid. */
export function placeOfBar(bars: BarSeries, i: number, cadence: ImportCadence): number {
  const session = bars.session[i]!
  if (cadence === 'daily') return session
  const place = placeAt(bars.ts[i]!, 'close', cadence)
  return Math.floor(place / slots[cadence]) === session ? place : -1
}

/** The filled places as bars in time order; `isFilled` chooses. */
export function barsOfGrid(grid: BarGrid, isFilled: (place: number) => boolean): BarSeries {
  let count = 0
  for (let place = 0; place < grid.line.length; place++) if (isFilled(place)) count++
  const bars = emptyBars(count)
  let at = 0
  for (let place = 0; place < grid.line.length; place++) {
    if (!isFilled(place)) continue
    const { session, openTs, ts } = boundsOf(place, grid.cadence)
    bars.session[at] = session
    bars.openTs[at] = openTs
    bars.ts[at] = ts
    for (const name of barColumns) bars[name][at] = grid[name][place]!
    at++
  }
  return bars
}
