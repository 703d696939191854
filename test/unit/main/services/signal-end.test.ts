import { describe, expect, it } from 'vitest'
import { timeStopOf } from '#main/services/signal-end.ts'

const hourly = (ts: string, time_stop_minutes: number) => ({
  ...{ ts, date: ts.slice(0, 10), hour_et: 14, time_stop_minutes },
})
const daily = (date: string, time_stop_minutes: number) => ({
  ...{ ts: `${date}T21:00:00Z`, date, hour_et: null, time_stop_minutes },
})
const swing = { horizon: 'swing', entry_mode: 'next_session_open' } as const
const sameDay = { horizon: '0dte', entry_mode: 'next_bar_open' } as const

describe('timeStopOf', () => {
  it('counts minutes of trading from the next session where a day is one row', () => {
    // Friday: two sessions from Monday's open end at Tuesday's close.
    expect(timeStopOf(daily('2024-03-01', 780), swing)).toBe('2024-03-05T21:00:00Z')
    expect(timeStopOf(daily('2024-03-01', 60), swing)).toBe('2024-03-04T15:30:00Z')
    expect(timeStopOf(daily('2024-03-01', 0), swing)).toBe('2024-03-04T14:30:00Z')
  })

  it('begins at the decision where the next bar is entered, and ends by the close of a model of the day', () => {
    expect(timeStopOf(hourly('2024-03-01T19:00:00Z', 60), sameDay)).toBe('2024-03-01T20:00:00Z')
    expect(timeStopOf(hourly('2024-03-01T20:00:00Z', 120), sameDay)).toBe('2024-03-01T21:00:00Z')
    expect(timeStopOf(hourly('2024-03-01T20:00:00Z', 120), { ...sameDay, horizon: 'swing' })).toBe(
      '2024-03-04T15:30:00Z',
    )
  })

  it('is null past the end of the calendar', () => {
    expect(timeStopOf(daily('2030-12-31', 390), swing)).toBeNull()
    expect(timeStopOf(daily('2030-12-20', 39_000), swing)).toBeNull()
  })
})
