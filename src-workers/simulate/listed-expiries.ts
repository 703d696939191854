import { civilOfDay, dayOfCivil, nthWeekday, weekdayOfDay } from '#shared/calendar/civil-date.ts'
import { sessionOnOrBefore } from '#shared/calendar/expiries.ts'
import { sessionDay } from '#shared/calendar/sessions.ts'

const friday = 4
const dailyExpiries = 2
const weeklyExpiries = 5
const monthlyExpiries = 7
/** Sessions ahead up to which an expiry is listed in every dollar near the spot. */
const fineSessions = 26

/** Expiries listed in a session, as session numbers, ascending: today, the next dailies, Fridays, third Fridays. */
export function listedExpiries(session: number): number[] {
  const listed = new Set<number>()
  for (let ahead = 0; ahead <= dailyExpiries; ahead++) listed.add(session + ahead)
  const day = sessionDay[session]!
  const thisFriday = day + friday - weekdayOfDay(day)
  for (let week = 0; week < weeklyExpiries; week++) listed.add(sessionOnOrBefore(thisFriday + 7 * week))
  const { year, month } = civilOfDay(day)
  for (let ahead = 0; ahead < monthlyExpiries; ahead++) {
    const first = civilOfDay(
      dayOfCivil(year + Math.floor((month - 1 + ahead) / 12), ((month - 1 + ahead) % 12) + 1, 1),
    )
    listed.add(sessionOnOrBefore(nthWeekday(first.year, first.month, friday, 3)))
  }
  return [...listed].filter((expiry) => expiry >= session).sort((a, b) => a - b)
}

/**
 * Strikes of an expiry that a session lists, ascending: every dollar for today and the next days, every dollar near the spot
 * and fives beyond for weeks, fives and tens for months.
 * @param low lower of the previous close and the open, dollars
 * @param high higher of the two
 */
export function listedStrikes(sessionsAhead: number, low: number, high: number): number[] {
  const below = Math.round(low)
  const above = Math.round(high)
  if (sessionsAhead === 0) return everyDollar(below - 15, above + 15, () => true)
  if (sessionsAhead <= dailyExpiries) return everyDollar(below - 10, above + 10, () => true)
  if (sessionsAhead <= fineSessions) {
    return everyDollar(below - 26, above + 26, (k) => k % 5 === 0 || (k >= below - 8 && k <= above + 8))
  }
  return everyDollar(
    Math.round(low * 0.84),
    Math.round(high * 1.1),
    (k) => k % 10 === 0 || (k % 5 === 0 && k >= below - 15 && k <= above + 15),
  )
}

function everyDollar(from: number, to: number, isListed: (strike: number) => boolean): number[] {
  const strikes: number[] = []
  for (let strike = from; strike <= to; strike++) if (isListed(strike)) strikes.push(strike)
  return strikes
}
