import { type Range, rangeDates } from './bar-range.ts'

/** Days of a series that are on screen, both included, YYYY-MM-DD. */
export interface BarWindow {
  start: string
  end: string
}

const DAY_MS = 86_400_000
const isoDay = /^\d{4}-\d{2}-\d{2}$/

const dayOf = (date: string): number => Date.parse(date.slice(0, 10)) / DAY_MS
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** The days that the link names (`from`, `to`) as far as the series has them, else those of the range. */
export function windowOf(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  range: Range,
  series: { first: string; last: string },
): BarWindow {
  const isNamed = from !== undefined && to !== undefined && isoDay.test(from) && isoDay.test(to)
  if (!isNamed || from > to) return rangeDates(range, series)
  return within({ start: from, end: to }, series) ?? rangeDates(range, series)
}

/** Half its length earlier or later; at an end of the series it keeps its length. */
export function panned(
  { start, end }: BarWindow,
  direction: -1 | 1,
  series: { first: string; last: string },
): BarWindow {
  const length = dayOf(end) - dayOf(start)
  const step = Math.max(1, Math.ceil((length + 1) / 2))
  const latest = dayOf(series.last) - length
  const first = Math.max(dayOf(series.first), Math.min(latest, dayOf(start) + direction * step))
  return { start: dateOf(first), end: dateOf(Math.min(first + length, dayOf(series.last))) }
}

/** So many times as long around its middle, a day at least and the series at most. */
export function zoomed(
  { start, end }: BarWindow,
  factor: number,
  series: { first: string; last: string },
): BarWindow {
  const middle = (dayOf(start) + dayOf(end)) / 2
  const half = ((dayOf(end) - dayOf(start)) / 2) * factor
  // A single day cannot be doubled: it gets its neighbours.
  const wide = factor > 1 ? Math.max(half, 1) : half
  const window = { start: dateOf(Math.ceil(middle - wide)), end: dateOf(Math.floor(middle + wide)) }
  return window.start > window.end
    ? { start, end: start }
    : (within(window, series) ?? { start: series.first.slice(0, 10), end: series.last.slice(0, 10) })
}

/** The days of the bars under a box; `box` in positions among the bars. */
export function boxed(ts: readonly string[], [from, to]: readonly [number, number]): BarWindow | null {
  const first = ts[Math.max(0, Math.ceil(from))]
  const last = ts[Math.min(ts.length - 1, Math.floor(to))]
  if (first === undefined || last === undefined || first > last) return null
  return { start: first.slice(0, 10), end: last.slice(0, 10) }
}

function within(
  { start, end }: BarWindow,
  { first, last }: { first: string; last: string },
): BarWindow | null {
  const from = start < first.slice(0, 10) ? first.slice(0, 10) : start
  const to = end > last.slice(0, 10) ? last.slice(0, 10) : end
  return from > to ? null : { start: from, end: to }
}
