import { dayOfCivil, dayOfDate, easterSunday, lastWeekday, nthWeekday, weekdayOfDay } from './civil-date.ts'

const monday = 0
const thursday = 3
const friday = 4
const saturday = 5
const sunday = 6

/** Full closes outside NYSE Rule 7.2: September 2001, days of mourning, hurricane Sandy. */
const specialCloses = [
  '2001-09-11',
  '2001-09-12',
  '2001-09-13',
  '2001-09-14',
  '2004-06-11',
  '2007-01-02',
  '2012-10-29',
  '2012-10-30',
  '2018-12-05',
  '2025-01-09',
]

/** Full-day closes of the NYSE in a year, as day numbers, ascending (NYSE Rule 7.2 and special closes). */
export function nyseHolidays(year: number): number[] {
  const closes: number[] = []
  const newYear = dayOfCivil(year, 1, 1)
  // A New Year's Day on Saturday is not observed: the Friday before is the last session of a year's books.
  if (weekdayOfDay(newYear) !== saturday) closes.push(observed(newYear))
  closes.push(nthWeekday(year, 1, monday, 3))
  closes.push(nthWeekday(year, 2, monday, 3))
  closes.push(easterSunday(year) - 2)
  closes.push(lastWeekday(year, 5, monday))
  if (year >= 2022) closes.push(observed(dayOfCivil(year, 6, 19)))
  closes.push(observed(dayOfCivil(year, 7, 4)))
  closes.push(nthWeekday(year, 9, monday, 1))
  closes.push(nthWeekday(year, 11, thursday, 4))
  closes.push(observed(dayOfCivil(year, 12, 25)))
  for (const date of specialCloses) {
    if (date.startsWith(String(year))) closes.push(dayOfDate(date))
  }
  return closes.sort((a, b) => a - b)
}

/**
 * Days of a year, as day numbers, on which the NYSE closes at 13:00. The day before Independence Day was a half day only from
 * Monday, Tuesday and Thursday until 2012, when a Thursday holiday gave the Friday after it instead.
 */
export function nyseHalfDays(year: number): number[] {
  const halves: number[] = []
  const eveOfJuly4 = dayOfCivil(year, 7, 3)
  const eve = weekdayOfDay(eveOfJuly4)
  if (eve < friday && (eve !== 2 || year >= 2013)) halves.push(eveOfJuly4)
  if (eve === 2 && year < 2013) halves.push(dayOfCivil(year, 7, 5))
  halves.push(nthWeekday(year, 11, thursday, 4) + 1)
  const christmasEve = dayOfCivil(year, 12, 24)
  if (weekdayOfDay(christmasEve) < friday) halves.push(christmasEve)
  if (year === 2003) halves.push(dayOfDate('2003-12-26'))
  return halves
}

function observed(day: number): number {
  const weekday = weekdayOfDay(day)
  if (weekday === saturday) return day - 1
  return weekday === sunday ? day + 1 : day
}
