import { describe, expect, it } from 'vitest'
import { dayOfCivil } from '#shared/calendar/civil-date.ts'
import { newYorkDate, newYorkHour, newYorkMinute, newYorkToUtc } from '#shared/calendar/new-york.ts'

const format = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})

function intlWallClock(ts: number): string {
  const part = Object.fromEntries(format.formatToParts(ts).map(({ type, value }) => [type, value]))
  return `${part['year']}-${part['month']}-${part['day']} ${part['hour']}:${part['minute']}`
}

function wallClock(ts: number): string {
  const minute = newYorkMinute(ts)
  return `${newYorkDate(ts)} ${String(newYorkHour(ts)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

describe('New York time', () => {
  it('reads as Intl does on days all over 2000–2030', () => {
    const step = 37 * 3_600_000 + 17 * 60_000
    for (let ts = Date.UTC(2000, 0, 1); ts < Date.UTC(2031, 0, 1); ts += step) {
      if (wallClock(ts) !== intlWallClock(ts)) expect.fail(`${new Date(ts).toISOString()}: ${wallClock(ts)}`)
    }
  })

  it('reads as Intl does around every change of clocks, before and after the rules of 2007', () => {
    for (let year = 2000; year <= 2030; year++) {
      for (const [month, from, to] of [
        [2, 7, 15],
        [3, 1, 8],
        [9, 24, 32],
        [10, 1, 8],
      ] as const) {
        for (let ts = Date.UTC(year, month, from, 0, 30); ts < Date.UTC(year, month, to); ts += 3_600_000) {
          const hour = new Date(ts).getUTCHours()
          if (hour < 4 || hour > 8) continue
          if (wallClock(ts) !== intlWallClock(ts))
            expect.fail(`${new Date(ts).toISOString()}: ${wallClock(ts)}`)
        }
      }
    }
  })

  it('turns wall-clock times into the instants that read so', () => {
    for (let day = dayOfCivil(2000, 1, 1); day < dayOfCivil(2031, 1, 1); day += 3) {
      for (const minute of [0, 570, 960]) {
        const ts = newYorkToUtc(day, minute)
        expect(newYorkMinute(ts)).toBe(minute)
        expect(Math.floor(Date.parse(newYorkDate(ts)) / 86_400_000)).toBe(day)
      }
    }
  })

  it('takes the first reading of the hour that autumn repeats', () => {
    expect(newYorkToUtc(dayOfCivil(2024, 11, 3), 90)).toBe(Date.UTC(2024, 10, 3, 5, 30))
  })
})
