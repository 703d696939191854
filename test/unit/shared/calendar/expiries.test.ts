import { describe, expect, it } from 'vitest'
import { expiryInstant, isThirdFriday, monthlyExpiry } from '#shared/calendar/expiries.ts'
import { standardExpiries } from '#shared/options/list-expiries.ts'

describe('option expiries', () => {
  it('names the third Friday, also where the month starts on a Friday', () => {
    expect(['2024-03-15', '2024-11-15', '2025-08-15', '2024-06-21'].map(isThirdFriday)).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(['2024-03-22', '2024-11-22', '2025-08-22', '2024-03-14'].map(isThirdFriday)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it('moves a monthly expiry before a holiday: Good Friday 2019 and 2022, Juneteenth 2026', () => {
    expect(monthlyExpiry(2019, 4)).toBe('2019-04-18')
    expect(monthlyExpiry(2022, 4)).toBe('2022-04-14')
    expect(monthlyExpiry(2026, 6)).toBe('2026-06-18')
    expect(monthlyExpiry(2024, 12)).toBe('2024-12-20')
  })

  it('ends an option at the close of its session', () => {
    expect(expiryInstant('2024-11-29')).toBe(Date.UTC(2024, 10, 29, 18))
    expect(expiryInstant('2024-12-20')).toBe(Date.UTC(2024, 11, 20, 21))
  })

  it('ends at once outside the calendar, with the date that is out of it', () => {
    expect(() => expiryInstant('0001-01-05')).toThrow('no session before 0001-01-06')
    expect(standardExpiries('0001-01-01', '0001-03-26')).toEqual([])
    expect(standardExpiries('1999-12-01', '2000-01-14')).toEqual(['2000-01-07', '2000-01-14'])
    expect(() => expiryInstant('2031-01-17')).toThrow('on or before 2030-12-31, got 2031-01-17')
    expect(standardExpiries('2030-12-16', '2031-02-01')).toEqual(['2030-12-20', '2030-12-27'])
    expect(standardExpiries('9999-01-01', '9999-03-01')).toEqual([])
  })
})
