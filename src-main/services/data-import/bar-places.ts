import type { StoredCadence } from '#main/lake/manifest.ts'
import { newYorkDay } from '#shared/calendar/new-york.ts'
import { sessionClose, sessionOfDay, sessionOpen } from '#shared/calendar/sessions.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'

export type ImportCadence = Extract<StoredCadence, '5m' | 'hourly' | 'daily'>

/** Where an instant has no place. */
export const outside = -1
export const misaligned = -2
export const halfPast = -3

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Places of a session, half day or not: place = session × bars of a full session + bar, in time order. */
export const slots: Record<ImportCadence, number> = { '5m': 78, hourly: 7, daily: 1 }

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
