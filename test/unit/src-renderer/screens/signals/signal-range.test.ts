import { describe, expect, it } from 'vitest'
import { cadenceOf, rangesOf, windowOf } from '#renderer/screens/signals/signal-range.ts'

const shown = { ts: '2024-06-03T20:00:00Z', date: '2024-06-03', time_stop_ts: '2024-07-01T20:00:00Z' }
const dates = ['2024-12-30', '2024-06-03', '2024-01-02']

describe('the window of a chart of signals', () => {
  it('lies around the shown signal until its time is up', () => {
    expect(windowOf('around', 'daily', shown, dates)).toEqual({ start: '2024-03-20', end: '2024-07-11' })
    expect(windowOf('around', 'hourly', { ...shown, time_stop_ts: null }, dates)).toEqual({
      ...{ start: '2024-05-25', end: '2024-06-07' },
    })
  })

  it('ends with the newest signal and goes back a range, or to the first', () => {
    expect(windowOf('3m', 'daily', shown, dates)).toEqual({ start: '2024-09-29', end: '2025-01-30' })
    expect(windowOf('all', 'daily', shown, dates)).toEqual({ start: '2023-10-19', end: '2025-01-30' })
  })

  it('has the ranges that bars of its cadence can be told apart in', () => {
    expect(rangesOf('5m').map(({ value }) => value)).toEqual(['around', '1m', 'all'])
    expect(cadenceOf({ hour_et: null }, undefined)).toBe('daily')
    expect(cadenceOf({ hour_et: 10 }, undefined)).toBe('hourly')
  })
})
