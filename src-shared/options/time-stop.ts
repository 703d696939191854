import { sessionClose, sessionOpen } from '#shared/calendar/sessions.ts'

const sessionMinutes = 390
const minuteMs = 60_000

/**
 * When a trade's time is up: so many minutes of trading after its entry, 390 a session whether the session is whole or half.
 * A remainder that passes the close goes on in the next session; epoch ms UTC.
 * @param session session of the entry
 * @param entryTs entry in that session, before its close
 */
export function timeStopInstant(session: number, entryTs: number, minutes: number): number {
  const offset = (entryTs - sessionOpen[session]!) / minuteMs + minutes
  // Time that ends with a session ends at its close, not at the next opening.
  const whole = Math.ceil(offset / sessionMinutes) - 1
  const last = session + whole
  const open = sessionOpen[last]
  if (open === undefined) return Number.POSITIVE_INFINITY
  return Math.min(open + (offset - whole * sessionMinutes) * minuteMs, sessionClose[last]!)
}
