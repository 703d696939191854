import { dateOfDay, dayMs, lastWeekday, nthWeekday } from './civil-date.ts'

const hourMs = 3_600_000
const minuteMs = 60_000
const sunday = 6
const firstYear = 1987
const lastYear = 2099

// Clocks change at 02:00 local time: 07:00 UTC in spring, 06:00 UTC in autumn. Rules: Uniform Time Act as amended for 1987
// (first Sunday of April to last Sunday of October) and the Energy Policy Act of 2005 (from 2007: second Sunday of March to
// first Sunday of November).
const summerStart = new Float64Array(lastYear - firstYear + 1)
const summerEnd = new Float64Array(lastYear - firstYear + 1)
for (let year = firstYear; year <= lastYear; year++) {
  const spring = year < 2007 ? nthWeekday(year, 4, sunday, 1) : nthWeekday(year, 3, sunday, 2)
  const autumn = year < 2007 ? lastWeekday(year, 10, sunday) : nthWeekday(year, 11, sunday, 1)
  summerStart[year - firstYear] = spring * dayMs + 7 * hourMs
  summerEnd[year - firstYear] = autumn * dayMs + 6 * hourMs
}

/** New York's offset from UTC in ms at an instant (−5 h or −4 h). Years 1987–2099. */
export function newYorkOffset(ts: number): number {
  // No change of clocks falls near New Year, so an average-length year finds the right one.
  const index = Math.floor(1970 + ts / (365.2425 * dayMs)) - firstYear
  return ts >= summerStart[index]! && ts < summerEnd[index]! ? -4 * hourMs : -5 * hourMs
}

/** UTC epoch ms of a New York wall-clock time: day number and minute of the day. A time skipped in spring moves an hour on. */
export function newYorkToUtc(dayNumber: number, minuteOfDay: number): number {
  const local = dayNumber * dayMs + minuteOfDay * minuteMs
  const standard = local + 5 * hourMs
  // In the repeated autumn hour the first (summer) reading wins.
  const summer = local + 4 * hourMs
  return newYorkOffset(summer) === -4 * hourMs ? summer : standard
}

/** Day number of the New York date at an instant. */
export function newYorkDay(ts: number): number {
  return Math.floor((ts + newYorkOffset(ts)) / dayMs)
}

/** `YYYY-MM-DD` in New York at an instant. */
export function newYorkDate(ts: number): string {
  return dateOfDay(newYorkDay(ts))
}

/** Minutes since midnight in New York at an instant, 0–1439. */
export function newYorkMinute(ts: number): number {
  const local = ts + newYorkOffset(ts)
  return Math.floor((local - Math.floor(local / dayMs) * dayMs) / minuteMs)
}

/** Clock hour in New York at an instant, 0–23. */
export function newYorkHour(ts: number): number {
  return Math.floor(newYorkMinute(ts) / 60)
}
