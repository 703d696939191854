import { Type } from 'typebox'
import { civilOfDay, dayOfCivil, nthWeekday, weekdayOfDay } from '#shared/calendar/civil-date.ts'
import { sessionOnOrBefore } from '#shared/calendar/expiries.ts'
import { sessionDay, sessionOfDay } from '#shared/calendar/sessions.ts'
import { defineIndicator } from '../define.ts'

/** Sessions before a close that nobody knew of that day: the attacks of 2001-09-11 and hurricane Sandy. */
const unforeseenEves = new Set([dayOfCivil(2001, 9, 10), dayOfCivil(2012, 10, 26)])

export const calendarFlags = defineIndicator({
  id: 'calendar_flags',
  title: 'Calendar flags',
  doc: 'Marks the last session of a month and of a quarter, the monthly option expiry and the eve of an exchange holiday.',
  category: 'session',
  subcategory: 'calendar',
  source:
    'NYSE calendar; monthly expiry is the third Friday, or the session before it where that is a holiday',
  params: Type.Object({ tz: Type.Enum(['US/Eastern', 'America/New_York'], { default: 'US/Eastern' }) }),
  inputs: () => ['time'],
  outputs: () => ['is_eom', 'is_eoq', 'is_opex', 'is_holiday_eve'],
  warmup: () => 0,
  compute: ({ session, rows }, _params, [eom, eoq, opex, eve]) => {
    for (let i = 0; i < rows; i++) {
      if (i > 0 && session[i] === session[i - 1]) {
        for (const out of [eom!, eoq!, opex!, eve!]) out[i] = out[i - 1]!
        continue
      }
      const number = session[i]!
      const day = sessionDay[number]!
      const { year, month } = civilOfDay(day)
      const isMonthEnd = isLastOfMonth(day)
      eom![i] = isMonthEnd ? 1 : 0
      eoq![i] = isMonthEnd && month % 3 === 0 ? 1 : 0
      opex![i] = sessionOnOrBefore(nthWeekday(year, month, 4, 3)) === number ? 1 : 0
      eve![i] = isHolidayEve(day) ? 1 : 0
    }
  },
})

function isLastOfMonth(day: number): boolean {
  const { month } = civilOfDay(day)
  for (let next = day + 1; civilOfDay(next).month === month; next++) {
    if (sessionOfDay(next) >= 0) return false
  }
  return true
}

function isHolidayEve(day: number): boolean {
  let next = day + 1
  while (weekdayOfDay(next) > 4) next++
  return sessionOfDay(next) < 0 && !unforeseenEves.has(day)
}
