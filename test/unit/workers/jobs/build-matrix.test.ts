import { describe, expect, it } from 'vitest'
import type { BuildMatrixInput } from '#shared/jobs/build-matrix.ts'
import { firstSession, tinyBuild } from '#test/tiny-build.ts'
import { buildMatrix } from '#workers/jobs/build-matrix.ts'

const context = { report: () => {}, cancelled: () => false }
const build = (input: BuildMatrixInput) => buildMatrix(input, context)

describe('a built matrix', () => {
  it('has a row a bar of the window and none of the history', () => {
    const { matrix, path } = build(tinyBuild('hourly', 10, {}, 6))
    expect(new Set(matrix.session)).toEqual(new Set([6, 7, 8, 9].map((i) => firstSession + i)))
    expect(matrix.rows).toBe(path.bars)
    expect([...matrix.bar]).toEqual(Array.from({ length: matrix.rows }, (_, i) => i))
    // RSI of 5 bars is warm in the first row.
    expect(matrix.columns[0]![0]).not.toBeNaN()
  })

  it('keeps the last bar of a session without label, and labels the others by the close ahead', () => {
    const { matrix, path } = build(tinyBuild('hourly', 6))
    for (let row = 0; row < matrix.rows; row++) {
      const isLast = matrix.session[row + 1] !== matrix.session[row]
      expect(matrix.y[row]! < 0).toBe(isLast)
      expect(matrix.exitBar[row]).toBe(isLast ? -1 : row + 1)
      if (isLast) {
        expect(matrix.retFwd[row]).toBeNaN()
        expect(matrix.t1[row]).toBeNaN()
      } else {
        expect(matrix.retFwd[row]).toBe(path.close[row + 1]! / path.close[row]! - 1)
        expect(matrix.t1[row]).toBe(path.ts[row + 1])
      }
    }
  })

  it('does not label a row whose label ends after the window', () => {
    const input = tinyBuild('daily', 30, {
      label: { id: 'fwd_ret', params: { days: 3, k_sigma: 0, fixed_bp: 5 } },
    })
    const { matrix } = build({ ...input, endRow: 20 })
    expect(matrix.rows).toBe(20)
    expect([...matrix.y.subarray(17)]).toEqual([-1, -1, -1])
    expect([...matrix.exitBar.subarray(15)]).toEqual([18, 19, -1, -1, -1])
    expect(matrix.retFwd[17]).toBeNaN()
  })

  it('filters hours after labels: a row of 14:00 is labelled by the close at 15:00 or later', () => {
    const all = build(tinyBuild('hourly', 6)).matrix
    const { matrix, path } = build(tinyBuild('hourly', 6, { hoursFilter: [13, 14] }))
    const kept = [...all.hourEt].flatMap((hour, row) => (hour === 13 || hour === 14 ? [row] : []))
    expect([...matrix.bar]).toEqual(kept)
    expect([...matrix.y]).toEqual(kept.map((row) => all.y[row]))
    expect([...matrix.exitBar]).toEqual(kept.map((row) => all.exitBar[row]))
    // The path keeps every bar, or nothing could be filled.
    expect(path.bars).toBe(all.rows)
  })

  it('says so where the hours filter leaves nothing', () => {
    expect(() => build(tinyBuild('hourly', 3, { hoursFilter: [3] }))).toThrow(/hours filter/)
  })

  it('knows at an early decision neither the close nor the range nor the volume of its day', () => {
    const input = tinyBuild('daily', 40, { label: { id: 'close_to_open', params: {} } })
    const { bars } = input
    const early = {
      ...bars,
      ts: bars.ts.map((ts) => ts - 300_000),
      high: bars.high.map((v) => v * 0.99),
      low: bars.low.map((v) => v * 1.01),
      close: bars.close.map((v) => v * 0.995),
      volume: bars.volume.map((v) => v * 0.9),
    }
    const { matrix, path } = build({ ...input, bars: early })
    for (const name of ['ts', 'high', 'low', 'close', 'volume'] as const) {
      expect([...matrix[name]]).toEqual([...early[name]])
      expect([...path[name]]).toEqual([...bars[name]])
    }
    // The night itself is from the true close to the true open.
    expect(matrix.retFwd[4]).toBe(bars.open[5]! / bars.close[4]! - 1)
    expect(matrix.t1[4]).toBe(input.nextSessionOpen[4])
  })

  it('does not call the label of a night on hourly bars a leak: it ends after its session by design', () => {
    const { matrix, profile } = build(tinyBuild('hourly', 12, { label: { id: 'close_to_open', params: {} } }))
    const labelled = [...matrix.y].flatMap((y, row) => (y >= 0 ? [matrix.hourEt[row]] : []))
    expect(new Set(labelled)).toEqual(new Set([14, 11]))
    expect(profile.leakage_flags).toEqual([])
  })

  it('is the same bytes each time, and stops when it is canceled', () => {
    const input = tinyBuild('hourly', 6)
    expect(build(input)).toEqual(build(input))
    expect(() => buildMatrix(input, { report: () => {}, cancelled: () => true })).toThrow(/canceled/)
  })

  it('names the series that an indicator lacks', () => {
    const input = tinyBuild('hourly', 3, { indicators: ['vix_level'] })
    expect(() => build(input)).toThrow(/indicator vix_level needs VIX index levels/)
  })
})
