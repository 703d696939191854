import { describe, expect, it } from 'vitest'
import { createCapacityMeter, medianOf } from '#main/services/capacity.ts'
import type { TradeColumns } from '#shared/jobs/evaluate-types.ts'
import { barsAt, dailyTimes, firstSession, hourlyTimes, tinyMatrix } from '#test/tiny-build.ts'

function tradesOn(rows: number[], sizes: number[]): TradeColumns {
  const none = () => new Float64Array(rows.length)
  return {
    ...{ entryTs: none(), exitTs: none(), entry: none(), exit: none(), ret: none() },
    side: new Int8Array(rows.length),
    size: Float64Array.from(sizes),
    fold: new Int32Array(rows.length),
    row: Int32Array.from(rows),
  }
}

function pathOf(times: { session: number; openTs: number; ts: number }[]) {
  const { vwap: _, length, ...bars } = barsAt(times, 7)
  return { ...bars, bars: length, cadence: 'daily' as const, barsPerSession: 1 }
}

describe('the capacity of a run', () => {
  const days = 40
  const path = pathOf(dailyTimes(days))
  const spread = Array.from({ length: days }, (_, i) => (i % 5 === 0 ? Number.NaN : i / 100))
  const matrix = tinyMatrix(
    {
      contract_spread: spread,
      contract_oi: spread.map((s) => s * 1000),
      contract_volume: spread.map((s) => s * 10),
    },
    { contractFilled: Float64Array.from(spread, (s, i) => (Number.isNaN(s) ? s : i % 2)) },
  )
  // Rows of the trades count the rows that were kept: every second row of the matrix.
  const kept = Int32Array.from({ length: days / 2 }, (_, i) => 2 * i + 1)
  const traded = [3, 7, 12, 13, 19]
  const rows = traded.map((row) => kept[row]!)
  const sizes = [1, 0.2, 0.5, 1, 0.7]
  const figures = createCapacityMeter(matrix, path, kept, 1)(tradesOn(traded, sizes))

  it('has the medians of the contracts at its decisions, the unknown left out', () => {
    const known = rows
      .map((row) => spread[row]!)
      .filter((s) => !Number.isNaN(s))
      .sort((a, b) => a - b)
    expect(known).toHaveLength(3)
    expect(figures.spread).toBe(known[1])
    expect(figures.open_interest).toBe(known[1]! * 1000)
    expect(figures.volume).toBe(known[1]! * 10)
  })

  it('counts as filled the share of known decisions whose contract traded', () => {
    const known = rows.filter((row) => !Number.isNaN(spread[row]!))
    expect(figures.fill_rate).toBe(known.filter((row) => row % 2 === 1).length / known.length)
  })

  it('has the largest order against the median dollar volume of the 20 sessions before its own', () => {
    const shares = rows.map((row, t) => {
      const before = Array.from({ length: days }, (_, d) => d).filter((d) => d < row && d >= row - 20)
      const dollars = before.map((d) => path.close[d]! * path.volume[d]!).sort((a, b) => a - b)
      const middle = dollars.length / 2
      const median =
        dollars.length % 2 ? dollars[Math.floor(middle)]! : (dollars[middle - 1]! + dollars[middle]!) / 2
      return (100_000 * sizes[t]!) / median
    })
    expect(figures.adv).toBeCloseTo(Math.max(...shares), 12)
  })

  it('sums dollar volume over the bars of a session, and orders a fifth where five trades live at once', () => {
    const times = hourlyTimes(3)
    const hourly = pathOf(times)
    const last = times.findLastIndex(({ session }) => session === firstSession + 1)
    const session = Int32Array.from(times, (each) => each.session)
    const own = tinyMatrix({ f: times.map(() => 0) }, { session })
    const { adv } = createCapacityMeter(own, hourly, Int32Array.from(times.keys()), 5)(tradesOn([last], [1]))
    const dayOne = times.flatMap((each, b) =>
      each.session === firstSession ? [hourly.close[b]! * hourly.volume[b]!] : [],
    )
    expect(adv).toBeCloseTo(100_000 / 5 / dayOne.reduce((a, b) => a + b, 0), 14)
  })

  it('is null where there is nothing to measure', () => {
    const plain = tinyMatrix({ f: spread })
    const nothing = { spread: null, open_interest: null, volume: null, fill_rate: null, adv: null }
    expect(createCapacityMeter(plain, path, kept, 1)(tradesOn([], []))).toEqual(nothing)
    // On the first session nothing is known of volume before it.
    expect(createCapacityMeter(plain, path, Int32Array.of(0), 1)(tradesOn([0], [1])).adv).toBeNull()
    expect(medianOf(Float64Array.of(Number.NaN))).toBeNull()
    expect(medianOf(Float64Array.of(10, 9, 100))).toBe(10)
    expect(medianOf(Float64Array.of(4, Number.NaN, 1))).toBe(2.5)
  })
})
