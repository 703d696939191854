export interface MonthCoverage {
  year: number
  /** 1 to 12. */
  month: number
  /** Days with a bar. */
  days: number
  /** Monday to Friday between the first and the last day of the series. */
  weekdays: number
  /** More weekdays without a bar than the exchanges are closed in any month. */
  isShort: boolean
}

const DAY_MS = 86_400_000
/** Weekdays of a month on which the New York exchanges may be closed: January 2007 had three such days. */
const MOST_CLOSED = 3
/** Labor Day, and the four days after the attacks. */
const SEPTEMBER_2001 = { key: '2001-09', closed: 5 }

/** Days with bars in every month from the first to the last bar. `timestamps` are those of daily bars, in order. */
export function countSessions(timestamps: readonly string[]): MonthCoverage[] {
  const days = new Set(timestamps.map((ts) => ts.slice(0, 10)))
  const sorted = [...days].sort()
  const first = sorted[0]
  const last = sorted.at(-1)
  if (first === undefined || last === undefined) return []
  const months = new Map<string, MonthCoverage>()
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS) {
    const date = new Date(at)
    const day = date.toISOString().slice(0, 10)
    const key = day.slice(0, 7)
    const month = months.get(key) ?? {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      days: 0,
      weekdays: 0,
      isShort: false,
    }
    months.set(key, month)
    if (days.has(day)) month.days++
    if (date.getUTCDay() % 6 !== 0) month.weekdays++
  }
  for (const [key, month] of months) {
    const closed = key === SEPTEMBER_2001.key ? SEPTEMBER_2001.closed : MOST_CLOSED
    month.isShort = month.weekdays - month.days > closed
  }
  return [...months.values()]
}
