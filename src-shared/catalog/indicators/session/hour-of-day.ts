import { Type } from 'typebox'
import { newYorkHour } from '#shared/calendar/new-york.ts'
import { defineIndicator } from '../define.ts'

export const hourOfDay = defineIndicator({
  id: 'hour_of_day',
  title: 'Hour of the day',
  doc: 'New York clock hour in which the bar starts (9 to 15); on daily rows the hour of the decision, 16 or 13.',
  category: 'session',
  subcategory: 'calendar',
  source: 'America/New_York clock',
  params: Type.Object({}),
  inputs: () => ['time'],
  outputs: () => ['hour_of_day'],
  warmup: () => 0,
  compute: ({ hourEt, ts, rows }, _params, [out]) => {
    for (let i = 0; i < rows; i++) out![i] = hourEt[i]! >= 0 ? hourEt[i]! : newYorkHour(ts[i]!)
  },
})
