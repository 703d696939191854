import { dateOfDay } from '#shared/calendar/civil-date.ts'
import { newYorkDay, newYorkToUtc } from '#shared/calendar/new-york.ts'
import { sessionCount, sessionsBetween } from '#shared/calendar/sessions.ts'
import type { SessionSpan } from './series-store.ts'

/** Sessions whose New York day a time range touches, both included; open ends reach to the calendar's. */
export function sessionSpan({ startTs, endTs }: { startTs?: number; endTs?: number }): SessionSpan {
  const from = startTs === undefined ? '2000-01-01' : dateOfDay(newYorkDay(startTs))
  const to = endTs === undefined ? '2030-12-31' : dateOfDay(newYorkDay(endTs))
  const { first, end } = sessionsBetween(from, to)
  return { first, last: Math.min(end, sessionCount) - 1 }
}

/** The range widened to whole days in New York: a session never lies on two. */
export function wholeDays({ startTs, endTs }: { startTs?: number; endTs?: number }) {
  return {
    ...(startTs === undefined ? {} : { startTs: newYorkToUtc(newYorkDay(startTs), 0) }),
    ...(endTs === undefined ? {} : { endTs: newYorkToUtc(newYorkDay(endTs) + 1, 0) - 1 }),
  }
}

/** The span as an SQL condition. */
export function sessionsWithin({ first, last }: SessionSpan): string {
  return `session BETWEEN ${first} AND ${last}`
}
