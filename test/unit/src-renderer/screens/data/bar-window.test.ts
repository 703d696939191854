import { describe, expect, it } from 'vitest'
import { boxed, panned, windowOf, zoomed } from '#renderer/screens/data/bar-window.ts'

const series = { first: '2020-01-02T14:30:00Z', last: '2020-12-31T21:00:00Z' }

describe('the days on screen', () => {
  it('are those of the link as far as the series has them, else those of the range', () => {
    expect(windowOf({ from: '2020-03-01', to: '2020-03-31' }, 'all', series)).toEqual({
      start: '2020-03-01',
      end: '2020-03-31',
    })
    expect(windowOf({ from: '2019-03-01', to: '2020-03-31' }, 'all', series).start).toBe('2020-01-02')
    for (const link of [
      {},
      { from: '2020-03-01' },
      { from: 'x', to: '2020-04-01' },
      { from: '2020-05-01', to: '2020-04-01' },
      { from: '2022-01-01', to: '2022-02-01' },
    ])
      expect(windowOf(link, '1m', series)).toEqual({ start: '2020-11-30', end: '2020-12-31' })
  })

  it('move by half of themselves and keep their length at the ends of the series', () => {
    const days = { start: '2020-06-01', end: '2020-06-10' }
    expect(panned(days, 1, series)).toEqual({ start: '2020-06-06', end: '2020-06-15' })
    expect(panned(days, -1, series)).toEqual({ start: '2020-05-27', end: '2020-06-05' })
    expect(panned({ start: '2020-12-20', end: '2020-12-29' }, 1, series)).toEqual({
      start: '2020-12-22',
      end: '2020-12-31',
    })
    expect(panned({ start: '2020-01-03', end: '2020-01-12' }, -1, series).start).toBe('2020-01-02')
    expect(panned({ start: '2020-06-01', end: '2020-06-01' }, 1, series)).toEqual({
      start: '2020-06-02',
      end: '2020-06-02',
    })
  })

  it('halve and double around their middle, down to a day and up to the series', () => {
    expect(zoomed({ start: '2020-06-01', end: '2020-06-09' }, 0.5, series)).toEqual({
      start: '2020-06-03',
      end: '2020-06-07',
    })
    expect(zoomed({ start: '2020-06-05', end: '2020-06-05' }, 0.5, series)).toEqual({
      start: '2020-06-05',
      end: '2020-06-05',
    })
    expect(zoomed({ start: '2020-06-05', end: '2020-06-05' }, 2, series)).toEqual({
      start: '2020-06-04',
      end: '2020-06-06',
    })
    expect(zoomed({ start: '2020-01-10', end: '2020-12-20' }, 2, series)).toEqual({
      start: '2020-01-02',
      end: '2020-12-31',
    })
    expect(zoomed({ start: '2020-06-05', end: '2020-06-06' }, 0.5, series)).toEqual({
      start: '2020-06-05',
      end: '2020-06-05',
    })
  })

  it('are those of the bars that a hand has drawn over', () => {
    const ts = ['2020-06-01T13:30:00Z', '2020-06-02T13:30:00Z', '2020-06-03T13:30:00Z']
    expect(boxed(ts, [0.4, 2.7])).toEqual({ start: '2020-06-02', end: '2020-06-03' })
    expect(boxed(ts, [-5, 9])).toEqual({ start: '2020-06-01', end: '2020-06-03' })
    expect(boxed(ts, [0.4, 0.6])).toBeNull()
    expect(boxed([], [0, 1])).toBeNull()
  })
})
