import { SigmaError } from '#shared/errors.ts'

/** Milliseconds of a day of 24 hours. */
export const dayMs = 86_400_000

/** Day number (days since 1970-01-01) of a proleptic Gregorian date; month 1–12. O(1), no Date object. */
export function dayOfCivil(year: number, month: number, day: number): number {
  // Years start in March, so that the leap day is the last of its year.
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** Year, month 1–12 and day of a day number. */
export function civilOfDay(dayNumber: number): { year: number; month: number; day: number } {
  const z = dayNumber + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** Day number of `YYYY-MM-DD`. Throws INVALID_PARAM where the text is no calendar date. */
export function dayOfDate(date: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (match !== null) {
    const day = dayOfCivil(Number(match[1]), Number(match[2]), Number(match[3]))
    if (dateOfDay(day) === date) return day
  }
  throw new SigmaError(
    'INVALID_PARAM',
    `date must be a calendar date YYYY-MM-DD, got ${JSON.stringify(date)}`,
  )
}

/** `YYYY-MM-DD` of a day number. */
export function dateOfDay(dayNumber: number): string {
  const { year, month, day } = civilOfDay(dayNumber)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Day of the week of a day number: Monday 0 … Sunday 6. */
export function weekdayOfDay(dayNumber: number): number {
  return (((dayNumber + 3) % 7) + 7) % 7
}

/** Day number of the n-th (1 = first) given weekday (Monday 0) of a month. */
export function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  const first = dayOfCivil(year, month, 1)
  return first + ((weekday - weekdayOfDay(first) + 7) % 7) + (n - 1) * 7
}

/** Day number of the last given weekday (Monday 0) of a month. */
export function lastWeekday(year: number, month: number, weekday: number): number {
  const last = (month === 12 ? dayOfCivil(year + 1, 1, 1) : dayOfCivil(year, month + 1, 1)) - 1
  return last - ((weekdayOfDay(last) - weekday + 7) % 7)
}

/** Day number of Easter Sunday (Gregorian computus, Meeus/Jones/Butcher). */
export function easterSunday(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return dayOfCivil(year, Math.floor(n / 31), (n % 31) + 1)
}
