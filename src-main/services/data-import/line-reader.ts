import { dayMs } from '#shared/calendar/civil-date.ts'
import { newYorkDay } from '#shared/calendar/new-york.ts'
import { sessionClose, sessionCount, sessionOpen } from '#shared/calendar/sessions.ts'
import type { ImportField } from '#shared/contract/import-kinds.ts'
import { type CsvLine, emptyLine, fieldText } from './csv-lines.ts'
import { notANumber, readNumber } from './read-number.ts'
import { readClock, readTime, type TimeFormat, type WrittenTime } from './read-time.ts'
import type { ToInstant } from './time-zone.ts'

/** Field by field the position of its column, −1 where there is none. */
export type Positions = Record<ImportField, number>

export interface LineOptions {
  at: Positions
  decimal: string
  timeFormat: TimeFormat
  toInstant: ToInstant
}

/** Reads the fields of one line after the other. The first thing that is wrong with a line is its fault. */
export interface LineReader {
  open: (line: CsvLine) => void
  fault: () => string | undefined
  /** What is wrong, unless something was already. */
  refuse: (reason: string) => void
  has: (field: ImportField) => boolean
  text: (field: ImportField) => string
  /** NaN where there is none. */
  number: (field: ImportField) => number
  /** A number above 0. */
  positive: (field: ImportField) => number
  /** A number of at least 0, NaN where there is none. */
  count: (field: ImportField) => number
  /** Reads the time of the line; false with a fault where there is none. */
  time: () => boolean
  /** Of the time that was read. */
  isDate: () => boolean
  instant: () => number
  /** Day that is meant: as written, of an instant in New York, but midnight UTC is a date written as an instant. */
  day: () => number
  /** The time as it is written. */
  timeText: () => string
  /** The day number of a date in some field, NaN with a fault where it is none. */
  date: (field: ImportField) => number
}

const firstOpen = sessionOpen[0]!
const lastClose = sessionClose[sessionCount - 1]!

export function createLineReader({ at, decimal, timeFormat, toInstant }: LineOptions): LineReader {
  const whole = at.ts >= 0 ? at.ts : at.date
  const clock = at.ts >= 0 ? -1 : at.time
  const when: WrittenTime = { ms: 0, isLocal: false, isDate: false }
  const other: WrittenTime = { ms: 0, isLocal: false, isDate: false }
  let line = emptyLine()
  let fault: string | undefined

  const refuse = (reason: string) => {
    fault ??= reason
  }
  const text = (field: ImportField) =>
    at[field] >= 0 && at[field] < line.fields ? fieldText(line, at[field]) : ''
  const shown = (field: ImportField) => JSON.stringify(text(field).slice(0, 40))

  function number(field: ImportField): number {
    const position = at[field]
    if (position < 0 || position >= line.fields) return Number.NaN
    const value = readNumber(line.bytes, line.from[position]!, line.to[position]!, decimal)
    if (value !== notANumber) return value
    const hint =
      decimal === '.' && text(field).includes(',') ? ' (with decimal commas set decimal to ",")' : ''
    refuse(`${field} ${shown(field)} is not a number${hint}`)
    return Number.NaN
  }

  function time(): boolean {
    const reason = readTime(fieldText(line, whole), timeFormat, when)
    if (reason !== undefined) {
      refuse(reason)
      return false
    }
    if (clock >= 0) {
      const ofDay = readClock(fieldText(line, clock))
      if (Number.isNaN(ofDay)) {
        refuse(`time ${shown('time')} cannot be read`)
        return false
      }
      when.ms = Math.floor(when.ms / dayMs) * dayMs + ofDay
      when.isDate = false
    }
    const isKnown = when.ms >= firstOpen - dayMs && when.ms <= lastClose + dayMs
    if (!isKnown) refuse(`${dayText(when.ms)} is outside the calendar of 2000 to 2030`)
    return isKnown
  }

  return {
    open(next) {
      line = next
      fault = undefined
    },
    fault: () => fault,
    refuse,
    has: (field) => at[field] >= 0,
    text,
    number,
    positive(field) {
      const value = number(field)
      if (Number.isNaN(value)) refuse(`${field} is missing`)
      else if (value <= 0) refuse(`${field} ${value} is not above 0`)
      return value
    },
    count(field) {
      const value = number(field)
      if (value < 0) refuse(`${field} ${value} is negative`)
      return value
    },
    time,
    isDate: () => when.isDate,
    instant: () => (when.isLocal ? toInstant(when.ms) : when.ms),
    day: () =>
      when.isLocal || when.isDate || when.ms % dayMs === 0
        ? Math.floor(when.ms / dayMs)
        : newYorkDay(when.ms),
    timeText: () =>
      [whole, clock]
        .filter((position) => position >= 0)
        .map((position) => fieldText(line, position).slice(0, 40))
        .join(' '),
    date(field) {
      const reason = readTime(text(field), timeFormat, other)
      if (reason === undefined) return Math.floor(other.ms / dayMs)
      refuse(`${field} ${shown(field)} is not a date`)
      return Number.NaN
    },
  }
}

function dayText(ms: number): string {
  return Math.abs(ms) < 8e15 ? new Date(ms).toISOString().slice(0, 10) : String(ms)
}
