import { civilOfDay, dayOfDate } from '#shared/calendar/civil-date.ts'
import { isThirdFriday, monthlyExpiry, sessionOnOrBefore } from '#shared/calendar/expiries.ts'
import { newYorkDate } from '#shared/calendar/new-york.ts'
import { lastCalendarDay, sessionDate, sessionDay } from '#shared/calendar/sessions.ts'
import type { ChainSeries } from '#shared/catalog/indicators/define.ts'

export type ExpiryKind = 'monthly' | 'weekly' | 'daily'

const friday = 4

/** Monthly on a month's third Friday, weekly on other Fridays (or the session before a closed one), else daily. */
export function expiryKind(date: string): ExpiryKind {
  const day = dayOfDate(date)
  const { year, month } = civilOfDay(day)
  if (isThirdFriday(date) || monthlyExpiry(year, month) === date) return 'monthly'
  return sessionDate(sessionOnOrBefore(fridayOf(day))) === date ? 'weekly' : 'daily'
}

/** Fridays' expiries (or those of the sessions before closed Fridays) from one date to another, both included, as far as the calendar goes. */
export function standardExpiries(start: string, end: string): string[] {
  const dates: string[] = []
  const last = Math.min(dayOfDate(end) + 4, lastCalendarDay)
  const first = Math.max(dayOfDate(start), sessionDay[0]!)
  for (let day = fridayOf(first); day <= last; day += 7) {
    const date = sessionDate(sessionOnOrBefore(day))
    if (date >= start && date <= end) dates.push(date)
  }
  return dates
}

/** Friday of the week (Monday to Sunday) of a day number; day 0 was a Thursday. */
function fridayOf(day: number): number {
  return day + friday - ((((day + 3) % 7) + 7) % 7)
}

/** Newest snapshot of a session that was known at an instant; −1 without one. */
export function snapshotKnownAt(
  chain: Pick<ChainSeries, 'snapshots' | 'ts' | 'session'>,
  session: number,
  ts: number,
): number {
  for (let s = chain.snapshots - 1; s >= 0; s--) {
    if (chain.ts[s]! <= ts && chain.session[s] === session) return s
  }
  return -1
}

/** Instants (epoch ms UTC, ascending) at which the options of a snapshot expire, those of the snapshot's own instant left out. */
export function listedExpiries(
  chain: Pick<ChainSeries, 'ts' | 'offset' | 'expiry'>,
  snapshot: number,
): number[] {
  const found: number[] = []
  for (let q = chain.offset[snapshot]!; q < chain.offset[snapshot + 1]!; q++) {
    const expiry = chain.expiry[q]!
    if (expiry > chain.ts[snapshot]! && found.at(-1) !== expiry) found.push(expiry)
  }
  return found
}

/**
 * Listed expiry nearest to a number of calendar days after a date, the earlier one of two as near; the nearest of all where the
 * target is null. NaN where none is listed.
 */
export function nearestExpiry(
  expiries: readonly number[],
  date: string,
  dteTarget: number | null,
  weeklyOk: boolean,
): number {
  let best = Number.NaN
  let bestGap = Number.POSITIVE_INFINITY
  for (const expiry of expiries) {
    const expiryDate = newYorkDate(expiry)
    if (!weeklyOk && expiryKind(expiryDate) !== 'monthly') continue
    const gap = Math.abs(daysBetween(date, expiryDate) - (dteTarget ?? 0))
    if (gap < bestGap) {
      best = expiry
      bestGap = gap
    }
  }
  return best
}

/** Calendar days from one date to another. */
function daysBetween(from: string, to: string): number {
  return dayOfDate(to) - dayOfDate(from)
}
