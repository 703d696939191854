import { SigmaError } from '#shared/errors.ts'
import { civilOfDay, dateOfDay, dayOfCivil, dayOfDate, weekdayOfDay } from './civil-date.ts'
import { nyseHalfDays, nyseHolidays } from './holidays.ts'
import { newYorkDay, newYorkToUtc } from './new-york.ts'

/** Part of every matrix sha: raised when a rule or a date of the calendar changes. */
export const calendarVersion = 'nyse-2000-2030.1'

const firstYear = 2000
const lastYear = 2030
const openMinute = 9 * 60 + 30
const closeMinute = 16 * 60
const halfDayCloseMinute = 13 * 60

/** One regular session of the NYSE. Ceremonial delays of the opening are not modelled. */
export interface Session {
  /** Index from 0 at 2000-01-03. Neighbouring sessions have neighbouring numbers. */
  number: number
  /** New York date, YYYY-MM-DD. */
  date: string
  /** 09:30 New York, epoch ms UTC. */
  open: number
  /** 16:00 New York (13:00 on half days), epoch ms UTC. */
  close: number
  halfDay: boolean
}

const firstDay = dayOfCivil(firstYear, 1, 1)
const lastDay = dayOfCivil(lastYear, 12, 31)
/** Last day number that the calendar knows. */
export const lastCalendarDay = lastDay

/** Number of sessions that the calendar knows. */
export const sessionCount = countSessions()
/** Day number (days since 1970-01-01) of each session. */
export const sessionDay = new Int32Array(sessionCount)
/** 09:30 New York of each session, epoch ms UTC. */
export const sessionOpen = new Float64Array(sessionCount)
/** Close of each session (16:00, half days 13:00 New York), epoch ms UTC. */
export const sessionClose = new Float64Array(sessionCount)

/** Per calendar day from 2000-01-01: number of sessions before or on that day. */
const sessionsThrough = new Int32Array(lastDay - firstDay + 1)
fillSessions()

/** Everything about one session. Throws INVALID_PARAM for a number outside the calendar. */
export function sessionByNumber(number: number): Session {
  const open = sessionOpen[number]
  if (open === undefined) {
    throw new SigmaError('INVALID_PARAM', `session must be 0 … ${sessionCount - 1}, got ${number}`)
  }
  return { number, date: sessionDate(number), open, close: sessionClose[number]!, halfDay: isHalfDay(number) }
}

/** New York date of a session, YYYY-MM-DD. */
export function sessionDate(number: number): string {
  return dateOfDay(sessionDay[number]!)
}

/** True where the session closes at 13:00. */
export function isHalfDay(number: number): boolean {
  return sessionClose[number]! - sessionOpen[number]! < 6 * 3_600_000
}

/** Session number of a date, −1 where the exchange is closed all day. */
export function sessionOfDate(date: string): number {
  return sessionOfDay(dayOfDate(date))
}

/** Session number of a day number, −1 where the exchange is closed all day. */
export function sessionOfDay(day: number): number {
  const through = sessionsThroughDay(day)
  return through > 0 && sessionDay[through - 1] === day ? through - 1 : -1
}

/** Session whose regular hours contain an instant, open and close included; −1 outside regular hours. */
export function sessionAt(ts: number): number {
  const session = sessionOfDay(newYorkDay(ts))
  return session >= 0 && ts >= sessionOpen[session]! && ts <= sessionClose[session]! ? session : -1
}

/** Newest session that has closed at an instant (a close at that very instant counts); −1 before the first. */
export function lastClosedSession(ts: number): number {
  const session = sessionsThroughDay(newYorkDay(ts)) - 1
  return session >= 0 && sessionClose[session]! > ts ? session - 1 : session
}

/** First session after a date. */
export function nextSession(date: string): number {
  const next = sessionsThroughDay(dayOfDate(date))
  if (next >= sessionCount) throw new SigmaError('INVALID_PARAM', `the calendar has no session after ${date}`)
  return next
}

/** Last session before a date. */
export function previousSession(date: string): number {
  const previous = sessionsThroughDay(dayOfDate(date) - 1) - 1
  if (previous < 0) throw new SigmaError('INVALID_PARAM', `the calendar has no session before ${date}`)
  return previous
}

/** Sessions from one date to another, both included, as the half-open range of their numbers. */
export function sessionsBetween(startDate: string, endDate: string): { first: number; end: number } {
  const first = sessionsThroughDay(dayOfDate(startDate) - 1)
  return { first, end: Math.max(first, sessionsThroughDay(dayOfDate(endDate))) }
}

function sessionsThroughDay(day: number): number {
  if (day < firstDay) return 0
  if (day > lastDay) return sessionCount
  return sessionsThrough[day - firstDay]!
}

function countSessions(): number {
  let count = 0
  for (let year = firstYear; year <= lastYear; year++) {
    const closed = new Set(nyseHolidays(year))
    for (let day = dayOfCivil(year, 1, 1); day < dayOfCivil(year + 1, 1, 1); day++) {
      if (weekdayOfDay(day) < 5 && !closed.has(day)) count++
    }
  }
  return count
}

function fillSessions(): void {
  let number = 0
  let closed = new Set<number>()
  let halves = new Set<number>()
  let year = 0
  for (let day = firstDay; day <= lastDay; day++) {
    const civil = civilOfDay(day)
    if (civil.year !== year) {
      year = civil.year
      closed = new Set(nyseHolidays(year))
      halves = new Set(nyseHalfDays(year))
    }
    if (weekdayOfDay(day) < 5 && !closed.has(day)) {
      sessionDay[number] = day
      sessionOpen[number] = newYorkToUtc(day, openMinute)
      sessionClose[number] = newYorkToUtc(day, halves.has(day) ? halfDayCloseMinute : closeMinute)
      number++
    }
    sessionsThrough[day - firstDay] = number
  }
}
