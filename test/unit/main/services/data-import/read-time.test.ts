import { describe, expect, it } from 'vitest'
import { readClock, readTime, type TimeFormat } from '#main/services/data-import/read-time.ts'
import { clockOf } from '#main/services/data-import/time-zone.ts'

function instant(text: string, zone = 'America/New_York', format: TimeFormat = 'auto'): string {
  const out = { ms: 0, isLocal: false, isDate: false }
  const fault = readTime(text, format, out)
  if (fault !== undefined) return fault
  return new Date(out.isLocal ? clockOf(zone)(out.ms) : out.ms).toISOString()
}

describe('times without an offset', () => {
  it.each([
    // Clocks went forward on 2024-03-10 and back on 2024-11-03.
    ['2024-03-08 09:30', '2024-03-08T14:30:00.000Z'],
    ['2024-03-11 09:30:00', '2024-03-11T13:30:00.000Z'],
    ['2024-11-01T09:30', '2024-11-01T13:30:00.000Z'],
    ['20241104 09:30:00.250', '2024-11-04T14:30:00.250Z'],
    ['2024/11/04 3:30 PM', '2024-11-04T20:30:00.000Z'],
    ['2024-03-10 02:30', '2024-03-10T07:30:00.000Z'],
  ])('are read on the clock of New York: %s', (text, expected) => expect(instant(text)).toBe(expected))

  it.each([
    // The week between the American and the European change of clocks.
    ['2024-03-11 13:30', 'Europe/London', '2024-03-11T13:30:00.000Z'],
    ['2024-04-01 14:30', 'Europe/London', '2024-04-01T13:30:00.000Z'],
    ['2024-03-11 14:30', 'Europe/Berlin', '2024-03-11T13:30:00.000Z'],
    ['2024-03-31 02:30', 'Europe/Berlin', '2024-03-31T01:30:00.000Z'],
    ['2024-03-11 19:00', 'Asia/Kolkata', '2024-03-11T13:30:00.000Z'],
    ['2024-03-11 08:30', 'America/Chicago', '2024-03-11T13:30:00.000Z'],
    ['2024-03-11 13:30', 'UTC', '2024-03-11T13:30:00.000Z'],
  ])('are read on the clock of a zone: %s in %s', (text, zone, expected) =>
    expect(instant(text, zone)).toBe(expected),
  )
})

describe('instants', () => {
  it.each([
    ['2024-03-11T13:30:00Z', '2024-03-11T13:30:00.000Z'],
    ['2024-03-11T09:30:00-04:00', '2024-03-11T13:30:00.000Z'],
    ['2024-03-11 13:30:00+00', '2024-03-11T13:30:00.000Z'],
    ['2024-03-11T19:00:00+0530', '2024-03-11T13:30:00.000Z'],
    ['1710163800', '2024-03-11T13:30:00.000Z'],
    ['1710163800.0', '2024-03-11T13:30:00.000Z'],
    ['1710163800000', '2024-03-11T13:30:00.000Z'],
    ['1710163800000000', '2024-03-11T13:30:00.000Z'],
    ['1710163800000000000', '2024-03-11T13:30:00.000Z'],
  ])('mean the same in every zone: %s', (text, expected) =>
    expect(instant(text, 'Asia/Tokyo')).toBe(expected),
  )
})

it('asks which comes first where a date could be read in two ways', () => {
  expect(instant('03/11/2024 09:30')).toMatch(/set time_format to mdy or dmy/)
  expect(instant('03/11/2024 09:30', 'America/New_York', 'mdy')).toBe('2024-03-11T13:30:00.000Z')
  expect(instant('11.03.2024 09:30', 'America/New_York', 'dmy')).toBe('2024-03-11T13:30:00.000Z')
})

it.each(['2024-02-30 09:30', '2024-13-01', '2024-01-02 24:30', '2024-01-02 13:00 PM', 'yesterday', ''])(
  'refuses %j',
  (text) => expect(instant(text)).toMatch(/not a|cannot be read|no time/),
)

it('reads a time of the day by itself', () => {
  const minutes = (text: string) => readClock(text) / 60_000
  expect(['09:30', '9:30 AM', '0930', '093000', '12:05 AM', '3:59 pm'].map(minutes)).toEqual([
    570, 570, 570, 570, 5, 959,
  ])
  expect(readClock('nine')).toBeNaN()
})
