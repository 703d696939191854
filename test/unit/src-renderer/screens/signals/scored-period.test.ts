import { describe, expect, it } from 'vitest'
import { isPeriod, startOf } from '#renderer/screens/signals/scored-period.ts'

describe('the period to score', () => {
  it('goes back from the last day of the data, and leaves the newest rows to the host', () => {
    expect(startOf('3m', '2024-12-31')).toBe('2024-09-30')
    expect(startOf('newest', '2024-12-31')).toBeUndefined()
    expect(startOf('1y', undefined)).toBeUndefined()
  })

  it('is one of those offered', () => {
    expect([isPeriod('1m'), isPeriod('2m'), isPeriod(undefined)]).toEqual([true, false, false])
  })
})
