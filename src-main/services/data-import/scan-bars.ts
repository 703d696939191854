import { dayMs } from '#shared/calendar/civil-date.ts'
import { newYorkDay } from '#shared/calendar/new-york.ts'
import { sessionClose, sessionCount, sessionOfDay, sessionOpen } from '#shared/calendar/sessions.ts'
import { type BarGrid, halfPast, misaligned, outside, placeAt } from './bar-grid.ts'
import type { Positions } from './column-mapping.ts'
import { type CsvLine, fieldText } from './csv-lines.ts'
import { notANumber, readNumber } from './read-number.ts'
import { readClock, readTime, type TimeFormat, type WrittenTime } from './read-time.ts'
import type { ToInstant } from './time-zone.ts'

export interface ScanOptions {
  at: Positions
  ticker: string
  decimal: string
  timeFormat: TimeFormat
  barTime: 'open' | 'close'
  toInstant: ToInstant
  /** Of two rows of one time the later counts, else the earlier. */
  keepsLast: boolean
}

/** What a scan has counted so far. */
export interface ScanCounts {
  rows: number
  good: number
  bad: number
  badRows: { line: number; reason: string }[]
  outsideSession: number
  otherTickers: number
  otherTicker: string
  repeats: number
  differing: number
  differingRows: { line: number; reason: string }[]
  misaligned: number
  halfPast: number
  /** Rows of the clock hour 9 that begin before the opening. */
  earlyHours: number
}

const listed = 100
const firstOpen = sessionOpen[0]!
const lastClose = sessionClose[sessionCount - 1]!
const prices = ['open', 'high', 'low', 'close'] as const

/** Takes lines of a CSV into the grid; what is wrong with one is counted, the first hundred with line and reason. */
export function createScanner(
  grid: BarGrid,
  options: ScanOptions,
): { take: (line: CsvLine) => void; counts: ScanCounts } {
  const { at, decimal, keepsLast } = options
  const counts: ScanCounts = {
    ...{ rows: 0, good: 0, bad: 0, badRows: [], outsideSession: 0, otherTickers: 0, otherTicker: '' },
    ...{ repeats: 0, differing: 0, differingRows: [], misaligned: 0, halfPast: 0, earlyHours: 0 },
  }
  const written: WrittenTime = { ms: 0, isLocal: false, isDate: false }
  const bar = new Float64Array(6)
  const bad = (line: number, reason: string) => {
    counts.bad++
    if (counts.badRows.length < listed) counts.badRows.push({ line, reason })
  }
  const lastField = Math.max(...prices.map((name) => at[name]), at.ts, at.date, at.time)

  function numberAt(line: CsvLine, field: number): number {
    if (field < 0 || field >= line.fields) return Number.NaN
    return readNumber(line.bytes, line.from[field]!, line.to[field]!, decimal)
  }

  /** Fills `bar`; why it is none otherwise. */
  function readBar(line: CsvLine): string | undefined {
    for (let i = 0; i < prices.length; i++) {
      const name = prices[i]!
      const value = numberAt(line, at[name])
      if (value === notANumber)
        return `${name} ${shown(line, at[name])} is not a number${hint(line, at[name])}`
      if (Number.isNaN(value)) return `${name} is missing`
      if (value <= 0) return `${name} ${value} is not above 0`
      bar[i] = value
    }
    const [open, high, low, close] = bar as unknown as [number, number, number, number]
    if (high < low) return `high ${high} is below low ${low}`
    if (open > high || open < low) return `open ${open} lies outside ${low} to ${high}`
    if (close > high || close < low) return `close ${close} lies outside ${low} to ${high}`
    bar[4] = numberAt(line, at.volume)
    bar[5] = numberAt(line, at.vwap)
    if (bar[4] === notANumber) return `volume ${shown(line, at.volume)} is not a number`
    if (bar[4]! < 0) return `volume ${bar[4]} is negative`
    if (bar[5] === notANumber) return `vwap ${shown(line, at.vwap)} is not a number`
    return undefined
  }

  const hint = (line: CsvLine, field: number) =>
    decimal === '.' && fieldText(line, field).includes(',') ? ' (with decimal commas set decimal to ",")' : ''

  /** Reads the time into `written`; why it is none otherwise. */
  function readWhen(line: CsvLine): string | undefined {
    const whole = at.ts >= 0 ? at.ts : at.date
    const fault = readTime(fieldText(line, whole), options.timeFormat, written)
    if (fault !== undefined) return fault
    if (at.ts >= 0 || at.time < 0) return undefined
    const text = fieldText(line, at.time)
    const ofDay = readClock(text)
    if (Number.isNaN(ofDay)) return `time ${JSON.stringify(text.slice(0, 40))} cannot be read`
    written.ms = Math.floor(written.ms / dayMs) * dayMs + ofDay
    written.isDate = false
    return undefined
  }

  function placeOf(): number {
    if (grid.cadence === 'daily') return sessionOfDay(dayWritten(written))
    const ts = written.isLocal ? options.toInstant(written.ms) : written.ms
    const place = placeAt(ts, options.barTime, grid.cadence)
    if (place === misaligned) counts.misaligned++
    else if (place === halfPast) counts.halfPast++
    else if (place >= 0 && ts < sessionOpen[Math.floor(place / grid.perSession)]!) counts.earlyHours++
    return place
  }

  function store(place: number, line: number): void {
    const earlier = grid.line[place]!
    if (earlier !== 0) {
      counts.repeats++
      if (!differs(place)) return
      counts.differing++
      if (counts.differingRows.length < listed) {
        const kept = keepsLast ? 'this one' : `line ${earlier}`
        counts.differingRows.push({
          line,
          reason: `has the time of line ${earlier} and other values: ${kept} counts`,
        })
      }
      if (!keepsLast) return
    } else counts.good++
    grid.line[place] = line
    grid.open[place] = bar[0]!
    grid.high[place] = bar[1]!
    grid.low[place] = bar[2]!
    grid.close[place] = bar[3]!
    grid.volume[place] = bar[4]!
    grid.vwap[place] = bar[5]!
  }

  const differs = (place: number): boolean =>
    grid.open[place] !== bar[0] ||
    grid.high[place] !== bar[1] ||
    grid.low[place] !== bar[2] ||
    grid.close[place] !== bar[3] ||
    !Object.is(grid.volume[place], bar[4]) ||
    !Object.is(grid.vwap[place], bar[5])

  function take(line: CsvLine): void {
    counts.rows++
    const fault = faultOf(line)
    if (fault !== undefined) bad(line.line, fault)
  }

  /** Puts a line in its place, or counts it among those that are left out; what is wrong with it otherwise. */
  function faultOf(line: CsvLine): string | undefined {
    if (line.isBroken) return 'a quote is not closed'
    if (line.fields <= lastField) return `has ${line.fields} fields, ${lastField + 1} are needed`
    if (at.ticker >= 0) {
      const ticker = fieldText(line, at.ticker).toUpperCase()
      if (ticker !== options.ticker) {
        counts.otherTickers++
        if (counts.otherTicker === '') counts.otherTicker = ticker.slice(0, 20)
        return undefined
      }
    }
    const fault = readWhen(line) ?? timeFault()
    if (fault !== undefined) return fault
    const place = placeOf()
    if (place === misaligned || place === halfPast) {
      return `time ${whenText(line)} is not where a ${grid.cadence} bar ${options.barTime}s`
    }
    if (place === outside) {
      counts.outsideSession++
      return undefined
    }
    const reason = readBar(line)
    if (reason === undefined) store(place, line.line)
    return reason
  }

  const whenText = (line: CsvLine) =>
    [at.ts >= 0 ? at.ts : at.date, at.time]
      .filter((field) => field >= 0)
      .map((field) => fieldText(line, field).slice(0, 40))
      .join(' ')

  function timeFault(): string | undefined {
    if (grid.cadence !== 'daily' && written.isDate) return 'has a date without a time of the day'
    if (written.ms >= firstOpen - dayMs && written.ms <= lastClose + dayMs) return undefined
    const when =
      Math.abs(written.ms) < 8e15 ? new Date(written.ms).toISOString().slice(0, 10) : String(written.ms)
    return `${when} is outside the calendar of 2000 to 2030`
  }

  return { take, counts }
}

/** Day that a daily bar's time means: as written, of an instant in New York, but midnight UTC is a date written as an instant. */
function dayWritten({ ms, isLocal, isDate }: WrittenTime): number {
  return isLocal || isDate || ms % dayMs === 0 ? Math.floor(ms / dayMs) : newYorkDay(ms)
}

const shown = (line: CsvLine, field: number): string => JSON.stringify(fieldText(line, field).slice(0, 40))
