import { describe, expect, it } from 'vitest'
import {
  formatDay,
  formatDuration,
  formatHours,
  formatInZone,
  formatNewYork,
  formatUtc,
  parseHours,
} from '#renderer/components/time.ts'

describe('time on screen', () => {
  it('shows New York time in winter and in summer', () => {
    expect(formatNewYork('2024-01-08T14:30:00.000Z')).toBe('2024-01-08 09:30')
    expect(formatNewYork('2024-07-08T13:30:00.000Z')).toBe('2024-07-08 09:30')
  })

  it('shows midnight as hour 00', () => {
    expect(formatNewYork('2024-01-08T05:00:00.000Z')).toBe('2024-01-08 00:00')
  })

  it('shows UTC to the second where it is asked for', () => {
    expect(formatUtc('2024-01-08T14:30:05.000Z')).toBe('2024-01-08 14:30:05 UTC')
  })

  it('shows the zone that the settings name', () => {
    expect(formatInZone('2024-07-08T13:30:00.000Z', 'New York')).toBe('2024-07-08 09:30')
    expect(formatInZone('2024-07-08T13:30:00.000Z', 'UTC')).toBe('2024-07-08 13:30')
    expect(formatInZone('soon', 'UTC')).toBe('–')
  })

  it('keeps the day of a date as it is written', () => {
    expect(formatDay('2024-01-08')).toBe('2024-01-08')
    expect(formatDay('2024-01-08T00:00:00Z')).toBe('2024-01-08')
  })

  it('shows nothing for what is not a time', () => {
    expect(formatNewYork(null)).toBe('–')
    expect(formatNewYork('soon')).toBe('–')
  })

  it('rounds durations to what matters', () => {
    expect(formatDuration(4.4)).toBe('4 s')
    expect(formatDuration(59.6)).toBe('1 min')
    expect(formatDuration(3600)).toBe('1 h')
    expect(formatDuration(7500)).toBe('2 h 5 min')
    expect(formatDuration(3599)).toBe('1 h')
    expect(formatDuration(null)).toBe('–')
  })
})

describe('hours of the day', () => {
  it('joins neighbouring hours', () => {
    expect(formatHours('13,14,15')).toBe('13–15')
    expect(formatHours('9, 10, 13')).toBe('9–10, 13')
    expect(formatHours([15, 13])).toBe('13, 15')
  })

  it('calls an absent list all hours', () => {
    expect(formatHours(null)).toBe('all hours')
    expect(formatHours('')).toBe('all hours')
  })

  it('reads each hour once and in order', () => {
    expect(parseHours('15,13,13')).toEqual([13, 15])
  })
})
