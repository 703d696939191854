import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  isHalfDay,
  lastClosedSession,
  nextSession,
  previousSession,
  sessionAt,
  sessionByNumber,
  sessionCount,
  sessionDate,
  sessionOfDate,
  sessionsBetween,
} from '#shared/calendar/sessions.ts'

/** Weekday closes as the exchange published them (holiday lists and closure notices of nyse.com). */
const publishedCloses: Record<number, string[]> = {
  2001: [
    '01-01',
    '01-15',
    '02-19',
    '04-13',
    '05-28',
    '07-04',
    '09-03',
    '09-11',
    '09-12',
    '09-13',
    '09-14',
    '11-22',
    '12-25',
  ],
  2004: ['01-01', '01-19', '02-16', '04-09', '05-31', '06-11', '07-05', '09-06', '11-25', '12-24'],
  2007: ['01-01', '01-02', '01-15', '02-19', '04-06', '05-28', '07-04', '09-03', '11-22', '12-25'],
  2010: ['01-01', '01-18', '02-15', '04-02', '05-31', '07-05', '09-06', '11-25', '12-24'],
  2011: ['01-17', '02-21', '04-22', '05-30', '07-04', '09-05', '11-24', '12-26'],
  2012: ['01-02', '01-16', '02-20', '04-06', '05-28', '07-04', '09-03', '10-29', '10-30', '11-22', '12-25'],
  2018: ['01-01', '01-15', '02-19', '03-30', '05-28', '07-04', '09-03', '11-22', '12-05', '12-25'],
  2021: ['01-01', '01-18', '02-15', '04-02', '05-31', '07-05', '09-06', '11-25', '12-24'],
  2022: ['01-17', '02-21', '04-15', '05-30', '06-20', '07-04', '09-05', '11-24', '12-26'],
  2023: ['01-02', '01-16', '02-20', '04-07', '05-29', '06-19', '07-04', '09-04', '11-23', '12-25'],
  2024: ['01-01', '01-15', '02-19', '03-29', '05-27', '06-19', '07-04', '09-02', '11-28', '12-25'],
  2025: ['01-01', '01-09', '01-20', '02-17', '04-18', '05-26', '06-19', '07-04', '09-01', '11-27', '12-25'],
  2026: ['01-01', '01-19', '02-16', '04-03', '05-25', '06-19', '07-03', '09-07', '11-26', '12-25'],
  2027: ['01-01', '01-18', '02-15', '03-26', '05-31', '06-18', '07-05', '09-06', '11-25', '12-24'],
}

const publishedHalfDays: Record<number, string[]> = {
  2000: ['07-03', '11-24'],
  2001: ['07-03', '11-23', '12-24'],
  2002: ['07-05', '11-29', '12-24'],
  2003: ['07-03', '11-28', '12-24', '12-26'],
  2004: ['11-26'],
  2007: ['07-03', '11-23', '12-24'],
  2009: ['11-27', '12-24'],
  2012: ['07-03', '11-23', '12-24'],
  2013: ['07-03', '11-29', '12-24'],
  2015: ['11-27', '12-24'],
  2018: ['07-03', '11-23', '12-24'],
  2019: ['07-03', '11-29', '12-24'],
  2020: ['11-27', '12-24'],
  2022: ['11-25'],
  2023: ['07-03', '11-24'],
  2024: ['07-03', '11-29', '12-24'],
  2025: ['07-03', '11-28', '12-24'],
  2026: ['11-27', '12-24'],
}

function weekdaysOf(year: number): string[] {
  const days: string[] = []
  for (let ts = Date.UTC(year, 0, 1); ts < Date.UTC(year + 1, 0, 1); ts += 86_400_000) {
    const weekday = new Date(ts).getUTCDay()
    if (weekday > 0 && weekday < 6) days.push(new Date(ts).toISOString().slice(0, 10))
  }
  return days
}

describe('the session calendar', () => {
  it.each(Object.entries(publishedCloses))('closes in %s on exactly the published days', (year, days) => {
    const closed = weekdaysOf(Number(year)).filter((date) => sessionOfDate(date) === -1)
    expect(closed).toEqual(days.map((day) => `${year}-${day}`))
  })

  it.each(Object.entries(publishedHalfDays))(
    'ends at 13:00 in %s on exactly the published days',
    (year, days) => {
      const halves = weekdaysOf(Number(year)).filter((date) => {
        const session = sessionOfDate(date)
        return session >= 0 && isHalfDay(session)
      })
      expect(halves).toEqual(days.map((day) => `${year}-${day}`))
    },
  )

  it.each([
    [2001, 248],
    [2005, 252],
    [2008, 253],
    [2012, 250],
    [2018, 251],
    [2020, 253],
    [2021, 252],
    [2023, 250],
    [2024, 252],
    [2025, 250],
  ])('has in %i the published number of sessions', (year, count) => {
    const { first, end } = sessionsBetween(`${year}-01-01`, `${year}-12-31`)
    expect(end - first).toBe(count)
  })

  it('agrees with every date of the S&P 500 series from 2000 to 2020', () => {
    const file = join(
      dirname(createRequire(import.meta.url).resolve('vega-datasets')),
      '../data/sp500-2000.csv',
    )
    const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1)
    const { first, end } = sessionsBetween('2000-01-03', '2020-04-17')
    const dates = Array.from({ length: end - first }, (_, i) => sessionDate(first + i))
    expect(dates).toEqual(lines.map((line) => line.slice(0, 10)))
  })

  it('opens at 09:30 and closes at 16:00 or 13:00 in New York, in summer and in winter', () => {
    const iso = (date: string) => {
      const session = sessionByNumber(sessionOfDate(date))
      return [new Date(session.open).toISOString(), new Date(session.close).toISOString(), session.halfDay]
    }
    expect(iso('2024-01-02')).toEqual(['2024-01-02T14:30:00.000Z', '2024-01-02T21:00:00.000Z', false])
    expect(iso('2024-03-08')).toEqual(['2024-03-08T14:30:00.000Z', '2024-03-08T21:00:00.000Z', false])
    expect(iso('2024-03-11')).toEqual(['2024-03-11T13:30:00.000Z', '2024-03-11T20:00:00.000Z', false])
    expect(iso('2024-07-03')).toEqual(['2024-07-03T13:30:00.000Z', '2024-07-03T17:00:00.000Z', true])
    expect(iso('2024-11-01')).toEqual(['2024-11-01T13:30:00.000Z', '2024-11-01T20:00:00.000Z', false])
    expect(iso('2024-11-04')).toEqual(['2024-11-04T14:30:00.000Z', '2024-11-04T21:00:00.000Z', false])
  })

  it('numbers sessions from 2000-01-03 without gaps to 2030-12-31', () => {
    expect(sessionOfDate('2000-01-03')).toBe(0)
    expect(sessionOfDate('2030-12-31')).toBe(sessionCount - 1)
    for (let number = 1; number < sessionCount; number++) {
      const { date, open } = sessionByNumber(number)
      expect(sessionOfDate(date)).toBe(number)
      if (open <= sessionByNumber(number - 1).close)
        expect.fail(`${date} opens before the session before it closes`)
    }
  })

  it('finds the session of an instant inside regular hours, bounds included, and none outside', () => {
    const { number, open, close } = sessionByNumber(sessionOfDate('2024-07-03'))
    expect([open, close, (open + close) / 2].map(sessionAt)).toEqual([number, number, number])
    expect([open - 1, close + 1, Date.UTC(2024, 6, 4, 16)].map(sessionAt)).toEqual([-1, -1, -1])
  })

  it('steps over weekends and holidays', () => {
    expect(sessionDate(nextSession('2024-07-03'))).toBe('2024-07-05')
    expect(sessionDate(previousSession('2024-07-05'))).toBe('2024-07-03')
    expect(sessionDate(nextSession('2021-12-30'))).toBe('2021-12-31')
    expect(sessionDate(previousSession('2024-07-07'))).toBe('2024-07-05')
    expect(sessionsBetween('2024-07-04', '2024-07-04')).toEqual({
      first: nextSession('2024-07-04'),
      end: nextSession('2024-07-04'),
    })
  })

  it('counts a session as closed from the instant of its close', () => {
    const { number, close } = sessionByNumber(sessionOfDate('2024-07-05'))
    expect(lastClosedSession(close)).toBe(number)
    expect(lastClosedSession(close - 1)).toBe(number - 1)
    expect(lastClosedSession(close + 86_400_000)).toBe(number)
  })

  it('refuses what is no date', () => {
    expect(() => sessionOfDate('2024-02-30')).toThrow(
      'date must be a calendar date YYYY-MM-DD, got "2024-02-30"',
    )
    expect(() => sessionOfDate('24-2-3')).toThrow('YYYY-MM-DD')
    expect(() => sessionByNumber(-1)).toThrow('session must be 0')
  })
})
