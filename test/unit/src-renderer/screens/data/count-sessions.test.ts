import { describe, expect, it } from 'vitest'
import { countSessions } from '#renderer/screens/data/count-sessions.ts'

const DAY = 86_400_000
const weekdays = (first: string, last: string, isOpen: (day: string) => boolean = () => true): string[] => {
  const days: string[] = []
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY) {
    const day = new Date(at).toISOString().slice(0, 10)
    if (new Date(at).getUTCDay() % 6 !== 0 && isOpen(day)) days.push(`${day}T14:30:00.000Z`)
  }
  return days
}

describe('coverage by month', () => {
  it('counts days and weekdays of each month, a partial one from its first day', () => {
    const months = countSessions(weekdays('2024-01-15', '2024-02-29'))
    expect(months).toEqual([
      { year: 2024, month: 1, days: 13, weekdays: 13, isShort: false },
      { year: 2024, month: 2, days: 21, weekdays: 21, isShort: false },
    ])
  })

  it('marks a month that lacks more days than holidays explain, and one without any', () => {
    const bars = weekdays('2024-01-01', '2024-04-30', (day) => !/^2024-(02-0[5-8]|03)/.test(day))
    expect(countSessions(bars).map(({ days, isShort }) => [days, isShort])).toEqual([
      [23, false],
      [17, true],
      [0, true],
      [22, false],
    ])
  })

  it('does not blame the data for the closed week of September 2001', () => {
    const bars = weekdays('2001-08-01', '2001-09-28', (day) => !/2001-09-(03|1[1-4])/.test(day))
    expect(countSessions(bars).at(-1)).toMatchObject({ days: 15, weekdays: 20, isShort: false })
  })

  it('is empty without bars', () => {
    expect(countSessions([])).toEqual([])
  })
})
