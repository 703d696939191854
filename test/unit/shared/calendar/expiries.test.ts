import { describe, expect, it } from 'vitest'
import { expiryInstant, isThirdFriday, monthlyExpiry } from '#shared/calendar/expiries.ts'

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
})
