import fc from 'fast-check'
import { expect, it } from 'vitest'
import { orderBars } from '#main/vendor/order-bars.ts'
import { takeDays, takeRegularHours, toBarSeries } from '#main/vendor/vendor-bars.ts'
import type { Aggregate } from '#main/vendor/vendor-schemas.ts'
import { sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'

const fiveMinutes = 300_000
// The Friday before clocks change and the Monday after.
const sessions = ['2024-03-08', '2024-03-11'].map(sessionOfDate)
const bars: Aggregate[] = sessions.flatMap((session) =>
  Array.from({ length: 78 }, (_, i) => {
    const t = sessionOpen[session]! + i * fiveMinutes
    return { t, o: 100 + i, h: 101 + i, l: 99 + i, c: 100.5 + i, v: 10 + i, vw: 100.2 + i }
  }),
)

it('bars that come out of order and twice are those of the vendor in time order, once each', () => {
  const whole = toBarSeries(takeRegularHours(bars, fiveMinutes), fiveMinutes)
  expect(whole.length).toBe(156)
  fc.assert(
    fc.property(fc.shuffledSubarray(bars, { minLength: bars.length }), fc.subarray(bars), (mixed, again) => {
      expect(toBarSeries(takeRegularHours([...again, ...mixed], fiveMinutes), fiveMinutes)).toEqual(whole)
    }),
    { seed: 9, numRuns: 20 },
  )
})

it('of two bars with one start the one sent last counts: the vendor repeats a bar to correct it', () => {
  const first = bars[0]!
  expect(orderBars([first, bars[1]!, { ...first, c: 100.9 }])).toEqual([{ ...first, c: 100.9 }, bars[1]])
  const { bars: days } = takeDays([
    { ...first, c: 100.1 },
    { ...first, t: first.t + 60_000, c: 100.2 },
  ])
  expect(days.map(({ c }) => c)).toEqual([100.2])
})

it('a bar without vwap is kept, and its vwap is missing', () => {
  const { vw: _, ...bare } = bars[0]!
  expect(toBarSeries(takeRegularHours([bare], fiveMinutes), fiveMinutes).vwap[0]).toBeNaN()
})
