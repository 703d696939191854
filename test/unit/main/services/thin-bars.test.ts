import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { thinBars } from '#main/services/thin-bars.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'

const minute = 60_000

function barsOf(
  rows: readonly (readonly [open: number, high: number, low: number, close: number, volume: number])[],
): BarSeries {
  const column = (place: number) => Float64Array.from(rows, (row) => row[place] ?? Number.NaN)
  const ts = Float64Array.from(rows, (_, i) => Date.UTC(2024, 0, 2, 14, 31) + i * minute)
  return {
    length: rows.length,
    ts,
    openTs: ts.map((each) => each - minute),
    session: new Int32Array(rows.length),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
    vwap: column(5),
  }
}

describe('thinBars', () => {
  it('leaves a short series as it is, stamped with the start of each bar', () => {
    const thin = thinBars(
      barsOf([
        [1, 3, 0.5, 2, 10],
        [2, 4, 1.5, 3, 20],
      ]),
      2,
    )
    expect(thin).toEqual({
      ts: ['2024-01-02T14:30:00.000Z', '2024-01-02T14:31:00.000Z'],
      open: [1, 2],
      high: [3, 4],
      low: [0.5, 1.5],
      close: [2, 3],
      volume: [10, 20],
    })
  })

  it('merges neighbours, the last bar with fewer', () => {
    const thin = thinBars(
      barsOf([
        [1, 3, 0.5, 2, 10],
        [2, 9, 1.5, 3, 20],
        [3, 4, 0.1, 4, 30],
      ]),
      2,
    )
    expect(thin).toMatchObject({
      open: [1, 3],
      high: [9, 4],
      low: [0.5, 0.1],
      close: [3, 4],
      volume: [30, 30],
    })
  })

  it('writes missing numbers as null and looks past them for extremes', () => {
    const nan = Number.NaN
    const thin = thinBars(
      barsOf([
        [nan, nan, nan, nan, nan],
        [2, 4, 1.5, 3, nan],
        [5, 5, 5, 5, nan],
        [nan, nan, nan, nan, nan],
      ]),
      2,
    )
    expect(thin).toMatchObject({
      open: [null, 5],
      high: [4, 5],
      low: [1.5, 5],
      close: [3, null],
      volume: [null, null],
    })
  })

  it('never exceeds the wanted points and never loses the highest high or the lowest low', () => {
    const row = fc.tuple(
      ...[1, 2, 3, 4, 5].map(() => fc.double({ min: 1, max: 1000, noNaN: true })),
    ) as fc.Arbitrary<[number, number, number, number, number]>
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 10, max: 50 }),
        (rows, most) => {
          const bars = barsOf(rows)
          const thin = thinBars(bars, most)
          expect(thin.ts.length).toBeLessThanOrEqual(most)
          expect(Math.max(...(thin.high as number[]))).toBe(Math.max(...bars.high))
          expect(Math.min(...(thin.low as number[]))).toBe(Math.min(...bars.low))
          expect(thin.close.at(-1)).toBe(rows.at(-1)?.[3])
        },
      ),
      { seed: 7 },
    )
  })
})
