import { Type } from 'typebox'
import { weekdayOfDay } from '#shared/calendar/civil-date.ts'
import { sessionDay } from '#shared/calendar/sessions.ts'
import { defineIndicator } from '../define.ts'

export const dayOfWeek = defineIndicator({
  id: 'day_of_week',
  title: 'Day of the week',
  doc: 'Weekday of the session: Monday 0 to Friday 4.',
  category: 'session',
  subcategory: 'calendar',
  source: 'Session calendar',
  params: Type.Object({}),
  inputs: () => ['time'],
  outputs: () => ['day_of_week'],
  warmup: () => 0,
  compute: ({ session, rows }, _params, [out]) => {
    for (let i = 0; i < rows; i++) out![i] = weekdayOfDay(sessionDay[session[i]!]!)
  },
})
