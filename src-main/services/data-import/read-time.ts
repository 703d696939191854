import { civilOfDay, dayMs, dayOfCivil } from '#shared/calendar/civil-date.ts'

export type TimeFormat = 'auto' | 'iso' | 'epoch_s' | 'epoch_ms' | 'mdy' | 'dmy'

/** A time as it was written, overwritten by the next. */
export interface WrittenTime {
  /** Epoch ms: of the instant, or of the wall clock as if it were UTC. */
  ms: number
  isLocal: boolean
  /** A date without a time of the day. */
  isDate: boolean
}

const minuteMs = 60_000
const clock = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:\s*([AP])M)?`
const iso = new RegExp(
  String.raw`^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ]+${clock}\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$`,
  'i',
)
const slashed = new RegExp(String.raw`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ]+${clock})?$`, 'i')
const time = new RegExp(`^${clock}$`, 'i')
const packed = /^(\d{1,2})(\d{2})(\d{2})?$/
const number = /^\d{1,20}(\.\d+)?$/

/** Why a text is no time, undefined where it is one: then `out` holds it. */
export function readTime(text: string, format: TimeFormat, out: WrittenTime): string | undefined {
  if (text === '') return 'has no time'
  if ((format === 'auto' || format === 'iso') && readUsual(text, out)) return undefined
  const isEpoch = format === 'epoch_s' || format === 'epoch_ms'
  if (isEpoch || (format === 'auto' && text.length > 8 && number.test(text))) {
    return readEpoch(text, format, out)
  }
  const shape = format === 'mdy' || format === 'dmy' ? slashed : iso
  const match = shape.exec(text)
  if (match === null) {
    const hint = format === 'auto' && slashed.test(text) ? ': set time_format to mdy or dmy' : ''
    return `time ${JSON.stringify(text.slice(0, 40))} cannot be read${hint}`
  }
  const [, a, b, c, ...rest] = match
  const [year, month, day] = format === 'mdy' ? [c, a, b] : format === 'dmy' ? [c, b, a] : [a, b, c]
  const dayNumber = dayOfCivil(Number(year), Number(month), Number(day))
  const civil = civilOfDay(dayNumber)
  if (civil.month !== Number(month) || civil.day !== Number(day)) return `${text.slice(0, 40)} is not a date`
  out.isDate = rest[0] === undefined
  const ofDay = out.isDate ? 0 : clockMs(rest)
  if (Number.isNaN(ofDay)) return `${text.slice(0, 40)} is not a time of the day`
  const zone = shape === iso ? rest[5] : undefined
  out.isLocal = zone === undefined
  out.ms = dayNumber * dayMs + ofDay - (zone === undefined ? 0 : zoneMs(zone))
  return undefined
}

/** Reads YYYY-MM-DD HH:MM[:SS] by its digits, which is most rows of a large file; false for every other shape or value. */
function readUsual(text: string, out: WrittenTime): boolean {
  const { length } = text
  if (length !== 16 && length !== 19) return false
  const isSpaced = text[10] === ' ' || text[10] === 'T'
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || !isSpaced) return false
  if (length === 19 && text[16] !== ':') return false
  const year = pairAt(text, 0) * 100 + pairAt(text, 2)
  const month = pairAt(text, 5)
  const day = pairAt(text, 8)
  const hour = pairAt(text, 11)
  const minute = pairAt(text, 14)
  const second = length === 19 ? pairAt(text, 17) : 0
  // The 29th and later are left to the slower way, which knows how long months are. NaN fails every comparison.
  const isSafe = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 28
  if (!(isSafe && hour <= 23 && minute <= 59 && second <= 59)) return false
  out.isLocal = true
  out.isDate = false
  out.ms = dayOfCivil(year, month, day) * dayMs + (hour * 60 + minute) * minuteMs + second * 1000
  return true
}

/** Two digits as a number, NaN for anything else. */
function pairAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** Milliseconds since midnight of a time of the day, 09:30, 9:30 AM or 0930; NaN for anything else. */
export function readClock(text: string): number {
  const match = time.exec(text)
  if (match !== null) return clockMs(match.slice(1))
  const digits = packed.exec(text)
  return digits === null ? Number.NaN : clockMs(digits.slice(1))
}

/** Epochs by their size where not said: seconds until the year 5138, then milliseconds, microseconds, nanoseconds. */
function readEpoch(text: string, format: TimeFormat, out: WrittenTime): string | undefined {
  if (!number.test(text)) return `time ${JSON.stringify(text.slice(0, 40))} is not an epoch`
  const value = Number(text)
  out.isLocal = false
  out.isDate = false
  if (format === 'epoch_s') out.ms = value * 1000
  else if (format === 'epoch_ms') out.ms = value
  else if (value < 1e11) out.ms = value * 1000
  else if (value < 1e14) out.ms = value
  else out.ms = value < 1e17 ? value / 1e3 : value / 1e6
  out.ms = Math.floor(out.ms)
  return undefined
}

function clockMs([h, m, s = '0', fraction = '', half]: (string | undefined)[]): number {
  let hour = Number(h)
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return Number.NaN
    hour = (hour % 12) + (half.toUpperCase() === 'P' ? 12 : 0)
  }
  if (hour > 23 || Number(m) > 59 || Number(s) > 59) return Number.NaN
  return (hour * 60 + Number(m)) * minuteMs + Number(s) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3))
}

function zoneMs(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (match === null) return 0
  const size = (Number(match[2]) * 60 + Number(match[3] ?? 0)) * minuteMs
  return match[1] === '-' ? -size : size
}
