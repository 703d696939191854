import { SigmaError } from '#shared/errors.ts'
import { civilOfDay, dateOfDay, dayOfDate, nthWeekday } from './civil-date.ts'
import { lastCalendarDay, previousSession, sessionClose, sessionDate } from './sessions.ts'

const friday = 4

/** True on the third Friday of a month, the monthly expiry of listed options, holiday or not. */
export function isThirdFriday(date: string): boolean {
  const day = dayOfDate(date)
  const { year, month } = civilOfDay(day)
  return nthWeekday(year, month, friday, 3) === day
}

/** Date on which the monthly options of a month (1–12) expire: its third Friday, the session before it where that is a holiday. */
export function monthlyExpiry(year: number, month: number): string {
  return sessionDate(sessionOnOrBefore(nthWeekday(year, month, friday, 3)))
}

/**
 * Session on which the weekly options of the week of a day number expire: its Friday, or the session before a closed one; the
 * last of the calendar for later days. Throws INVALID_PARAM for a day before the first.
 */
export function sessionOnOrBefore(day: number): number {
  return previousSession(dateOfDay(Math.min(day, lastCalendarDay) + 1))
}

/** Expiry instant of an option that expires on a date: the close of that session, epoch ms UTC. Throws outside the calendar. */
export function expiryInstant(date: string): number {
  const day = dayOfDate(date)
  if (day > lastCalendarDay) {
    throw new SigmaError(
      'INVALID_PARAM',
      `expiry must be on or before ${dateOfDay(lastCalendarDay)}, got ${date}`,
    )
  }
  return sessionClose[sessionOnOrBefore(day)]!
}
