import { describe, expect, it } from 'vitest'
import { createRandom } from '#shared/kernels/random.ts'
import { binColumns, findCuts, selectColumns } from '#workers/gbm/bin-columns.ts'

describe('bins', () => {
  it('are one for each distinct value where there are few, cut at midpoints', () => {
    expect([...findCuts(Float64Array.of(3, 1, 1, Number.NaN, 2, 3), 6, 255)]).toEqual([
      1.5,
      2.5,
      Number.POSITIVE_INFINITY,
    ])
  })

  it('hold about equal rows where values are many, and never more than asked', () => {
    const random = createRandom(5)
    const x = Float64Array.from({ length: 4000 }, () => random.nextGaussian())
    const table = binColumns([x], 4000, 16)
    const counts = new Array(16).fill(0)
    for (let r = 0; r < 4000; r++) counts[table.codes[r * 4]!]++
    expect(table.binCount[0]).toBe(16)
    expect(counts.every((n) => n === 250)).toBe(true)
  })

  it('leave bins for the rest when one value has most rows', () => {
    const x = Float64Array.from({ length: 1000 }, (_, i) => (i < 900 ? 0 : i))
    expect(findCuts(x, 1000, 20).length).toBe(20)
  })

  it('put a value at or below a cut on its left, for neighbouring doubles too', () => {
    const near = 1 + 2 ** -52
    const x = Float64Array.of(
      1,
      near,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.MAX_VALUE,
      5e-324,
      0,
    )
    const table = binColumns([x], 7, 255)
    for (let r = 0; r < 7; r++) {
      for (let b = 0; b < table.binCount[0]!; b++) {
        expect(x[r]! <= table.cuts[0]![b]!).toBe(table.codes[r * 4]! <= b)
      }
    }
    expect(new Set(Array.from({ length: 7 }, (_, r) => table.codes[r * 4])).size).toBe(7)
  })

  it('keep the codes of chosen columns', () => {
    const random = createRandom(9)
    const columns = Array.from({ length: 7 }, () =>
      Float64Array.from({ length: 50 }, () => random.nextInt(9)),
    )
    const table = binColumns(columns, 50, 255)
    const view = selectColumns(table, Int32Array.of(1, 4, 6), new Uint8Array(200))
    for (let r = 0; r < 50; r++) {
      expect([0, 1, 2].map((f) => view.codes[r * 4 + f])).toEqual(
        [1, 4, 6].map((f) => table.codes[r * 8 + f]),
      )
    }
  })
})
