import { newYorkOffset } from '#shared/calendar/new-york.ts'
import { SigmaError } from '#shared/errors.ts'

const hourMs = 3_600_000
const quarterMs = 900_000

/** From a wall-clock time, in ms as if it were UTC, to the instant. A time skipped in spring moves an hour on, a repeated one is the first. */
export type ToInstant = (localMs: number) => number

/** The clock of an IANA zone. Throws INVALID_PARAM for an unknown one. */
export function clockOf(timeZone: string): ToInstant {
  if (timeZone === 'America/New_York') return fromOffsets(newYorkOffset)
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
    })
  } catch {
    throw new SigmaError('INVALID_PARAM', `time_zone ${JSON.stringify(timeZone)} is not an IANA time zone`)
  }
  const known = new Map<number, number>()
  return fromOffsets((ts) => {
    // Clocks change on the quarter at the finest, so one look-up serves a quarter of an hour.
    const quarter = Math.floor(ts / quarterMs)
    let offset = known.get(quarter)
    if (offset === undefined) {
      offset = offsetAt(format, quarter * quarterMs)
      known.set(quarter, offset)
    }
    return offset
  })
}

function fromOffsets(offsetOf: (ts: number) => number): ToInstant {
  return (localMs) => {
    const before = offsetOf(localMs - 24 * hourMs)
    const first = localMs - before
    if (offsetOf(first) === before) return first
    const after = offsetOf(localMs + 24 * hourMs)
    const second = localMs - after
    return offsetOf(second) === after ? second : first
  }
}

function offsetAt(format: Intl.DateTimeFormat, ts: number): number {
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(ts)) part[type] = Number(value)
  const { year, month, day, hour, minute } = part as Record<
    'year' | 'month' | 'day' | 'hour' | 'minute',
    number
  >
  return Date.UTC(year, month - 1, day, hour, minute) - ts
}
