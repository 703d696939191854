import { expect, it } from 'vitest'
import { sessionClose, sessionOfDate } from '#shared/calendar/sessions.ts'
import type { FlowSeries } from '#shared/jobs/build-matrix.ts'
import { foldIntoDays } from '#workers/matrix/flow-columns.ts'

const monday = sessionOfDate('2024-03-04')

/** Hours 9 to 15 of one session, one strike on either side of the centre; the call at k = 1 is not listed. */
function hourly(): FlowSeries {
  const hours = [9, 10, 11, 12, 13, 14, 15]
  const cells = (amount: (hour: number, k: number) => number) =>
    Float64Array.from(hours.flatMap((hour) => [-1, 0, 1].map((k) => amount(hour, k))))
  return {
    groups: hours.length,
    distanceMax: 1,
    session: new Int32Array(hours.length).fill(monday),
    hourEt: Int32Array.from(hours),
    previousClose: new Float64Array(hours.length).fill(512.3),
    callsSold: cells((hour, k) => (k === 1 ? Number.NaN : hour)),
    putsSold: cells((hour, k) => hour + k),
    callsPremium: cells((_, k) => (k === 1 ? Number.NaN : 100)),
    putsPremium: cells(() => 200),
  }
}

it('a daily row sums the hours of its session, an unlisted strike stays NaN', () => {
  const day = foldIntoDays(hourly(), Int32Array.of(monday), Float64Array.of(sessionClose[monday]!))
  expect([...day.callsSold]).toEqual([84, 84, Number.NaN])
  expect([...day.putsSold]).toEqual([77, 84, 91])
  expect([...day.callsPremium]).toEqual([700, 700, Number.NaN])
  expect(day.previousClose[0]).toBe(512.3)
})

it('a decision before the close does not see the hour that is still running', () => {
  const early = Float64Array.of(sessionClose[monday]! - 5 * 60_000)
  const day = foldIntoDays(hourly(), Int32Array.of(monday), early)
  expect(day.callsSold[0]).toBe(9 + 10 + 11 + 12 + 13 + 14)
})

it('a session without option minutes has no sums', () => {
  const day = foldIntoDays(hourly(), Int32Array.of(monday + 1), Float64Array.of(sessionClose[monday + 1]!))
  expect(day.callsSold.every(Number.isNaN)).toBe(true)
})

it('the premium of a day is unknown where that of an hour is, and its contracts are not', () => {
  const flow = hourly()
  flow.callsPremium[4] = Number.NaN
  const day = foldIntoDays(flow, Int32Array.of(monday), Float64Array.of(sessionClose[monday]!))
  expect([...day.callsPremium]).toEqual([700, Number.NaN, Number.NaN])
  expect(day.callsSold[1]).toBe(84)
})
