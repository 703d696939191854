import { describe, expect, it } from 'vitest'
import { rangeDates, usefulRanges } from '#renderer/screens/data/bar-range.ts'

const series = { first: '2023-07-03', last: '2024-12-31' }

describe('ranges of a series', () => {
  it('end with its last day and begin so many days before', () => {
    expect(rangeDates('1m', series)).toEqual({ start: '2024-11-30', end: '2024-12-31' })
    expect(rangeDates('1y', series)).toEqual({ start: '2023-12-31', end: '2024-12-31' })
  })

  it('do not begin before the series', () => {
    expect(rangeDates('5y', series)).toEqual({ start: '2023-07-03', end: '2024-12-31' })
    expect(rangeDates('all', series)).toEqual({ start: '2023-07-03', end: '2024-12-31' })
  })

  it('are offered only where they are shorter than the series', () => {
    expect(usefulRanges(series).map(({ value }) => value)).toEqual(['1m', '3m', '6m', '1y', 'all'])
    expect(usefulRanges({ first: '2024-12-20', last: '2024-12-31' }).map(({ value }) => value)).toEqual([
      'all',
    ])
  })
})
