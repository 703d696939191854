import { sessionClose, sessionOpen } from '#shared/calendar/sessions.ts'

const minuteMs = 60_000
const openMinute = 570

/** Clock hour in New York at an instant of a session, 9 from 09:30. Needs no time zone: the session knows its opening. */
export function hourEtAt(session: number, ts: number): number {
  return Math.floor((openMinute + (ts - sessionOpen[session]!) / minuteMs) / 60)
}

/** Last clock hour of a session: 15, on half days 12. */
export function lastHourEt(session: number): number {
  return hourEtAt(session, sessionClose[session]! - minuteMs)
}

/** End of a clock hour of a session, epoch ms UTC. */
export function hourEnd(session: number, hourEt: number): number {
  return sessionOpen[session]! + ((hourEt + 1) * 60 - openMinute) * minuteMs
}
