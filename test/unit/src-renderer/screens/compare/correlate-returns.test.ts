import { describe, expect, it } from 'vitest'
import { correlateReturns } from '#renderer/screens/compare/correlate-returns.ts'

const days = (count: number, from = 1) =>
  Array.from({ length: count }, (_, i) => new Date(Date.UTC(2024, 0, from + i)).toISOString().slice(0, 10))
const series = (date: string[], value: (i: number) => number) => ({
  date,
  daily_return: date.map((_, i) => value(i)),
})

describe('correlation of daily returns', () => {
  it('is 1 with itself and -1 with its mirror', () => {
    const a = series(days(30), (i) => Math.sin(i))
    const b = series(days(30), (i) => -3 * Math.sin(i) + 0.1)
    expect(correlateReturns(a, a).r).toBeCloseTo(1, 12)
    expect(correlateReturns(a, b).r).toBeCloseTo(-1, 12)
  })

  it('looks at common days only, wherever each series begins', () => {
    const a = series(days(40), (i) => Math.sin(i))
    const b = series(days(40, 11), (i) => Math.sin(i + 10))
    expect(correlateReturns(a, b)).toEqual({ r: expect.closeTo(1, 12), days: 30 })
  })

  it('equals the textbook value', () => {
    const x = Array.from({ length: 20 }, (_, i) => i + 1)
    const y = x.map((value, i) => value + (i % 2 === 0 ? 3 : -3))
    const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length
    const cov = (a: number[], b: number[]) => mean(a.map((value, i) => value * b[i]!)) - mean(a) * mean(b)
    const expected = cov(x, y) / Math.sqrt(cov(x, x) * cov(y, y))
    const { r } = correlateReturns(
      series(days(20), (i) => x[i]!),
      series(days(20), (i) => y[i]!),
    )
    expect(r).toBeCloseTo(expected, 12)
  })

  it('is missing under 20 common days and for a series that does not move', () => {
    const a = series(days(19), (i) => i)
    expect(correlateReturns(a, a)).toEqual({ r: null, days: 19 })
    const flat = series(days(30), () => 0)
    expect(
      correlateReturns(
        flat,
        series(days(30), (i) => i),
      ).r,
    ).toBeNull()
  })
})
