import { barMinutes } from '#shared/calendar/bar-times.ts'
import { newYorkMinute } from '#shared/calendar/new-york.ts'
import type { Cadence } from '#shared/catalog/indicators/define.ts'
import { cadences } from '#shared/contract/models.ts'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { trueRange } from '#shared/kernels/true-range.ts'
import type { LabelInput, RowClock } from './define.ts'

const closingMinute = 16 * 60

/** Bars in the average true range that scales moves of the once-a-day labels. */
const atrBars = 14

export const timePattern = '^([01][0-9]|2[0-3]):[0-5][0-9]$'

/** Minute of the day of `HH:MM`. */
export function minuteOfTime(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** Mean of the last 14 true ranges of the model's own bars, known at each bar's close. */
export function averageTrueRange({ high, low, close, rows }: LabelInput): Float64Array {
  const range = new Float64Array(rows)
  trueRange(high, low, close, range)
  const atr = new Float64Array(rows)
  // The first true range has no previous close, so the average starts one bar later.
  rollingMean(range.subarray(1), atrBars, atr.subarray(1))
  if (rows > 0) atr[0] = Number.NaN
  return atr
}

/** Row per session of a full timeline whose bar closes at a minute of the day, and the row that closes the session. */
export interface DayRows {
  decision: number
  /** The bar that covers the opening minute, −1 where it is missing. */
  opening: number
  closing: number
}

/** Cadences with a bar that closes at or after a minute of the day and before the close of a whole session. */
export function cadencesBefore(decisionMinute: number): Cadence[] {
  return cadences.filter((cadence) => {
    return cadence !== 'daily' && decisionMinuteOf(cadence, decisionMinute) < closingMinute
  })
}

/** Life of a label that one bar a day decides and the session's close ends. */
export function lifeToClose({ cadence, ts, sessionClose }: RowClock, decisionMinute: number): number | null {
  const decides = newYorkMinute(ts) === decisionMinuteOf(cadence, decisionMinute)
  return decides && ts < sessionClose ? (sessionClose - ts) / 60_000 : null
}

/** Minute at which the deciding bar closes. */
function decisionMinuteOf(cadence: Cadence, minute: number): number {
  const step = barMinutes[cadence]
  return Math.ceil(minute / step) * step
}

/**
 * Walks the sessions: the bar that closes at or first after `decisionMinute`, the bar that covers `openMinute`, the last bar.
 * Sessions without a decision bar, without their closing bar, or over by then (half days) are left out.
 */
export function listDayRows(input: LabelInput, openMinute: number, decisionMinute: number): DayRows[] {
  const step = barMinutes[input.cadence]
  const openingEnd = (Math.floor(openMinute / step) + 1) * step
  const decisionEnd = decisionMinuteOf(input.cadence, decisionMinute)
  const days: DayRows[] = []
  let day: DayRows = { decision: -1, opening: -1, closing: -1 }
  for (let i = 0; i < input.rows; i++) {
    const minute = newYorkMinute(input.ts[i]!)
    if (minute === openingEnd) day.opening = i
    if (minute === decisionEnd) day.decision = i
    if (input.ts[i]! === input.sessionClose[i]!) day.closing = i
    if (i + 1 === input.rows || input.session[i + 1]! !== input.session[i]!) {
      if (day.decision >= 0 && day.closing > day.decision) days.push(day)
      day = { decision: -1, opening: -1, closing: -1 }
    }
  }
  return days
}
