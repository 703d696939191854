import { describe, expect, it } from 'vitest'
import { createRandom } from '#shared/kernels/random.ts'
import { binColumns, findCuts, selectColumns } from '#workers/gbm/bin-columns.ts'
import { createKernel } from '#workers/gbm/open-kernel.ts'
import { createPlainKernel } from '#workers/gbm/plain-kernel.ts'

describe.each([
  ['plain', createPlainKernel()],
  ['compiled', createKernel()],
])('bins of the %s kernel', (_, kernel) => {
  const cutsOf = (x: Float64Array, maxBin: number) => findCuts(kernel.sortKnown([x])[0]!, maxBin)

  it('are one for each distinct value where there are few, cut at midpoints', () => {
    expect([...cutsOf(Float64Array.of(3, 1, 1, Number.NaN, 2, 3), 255)]).toEqual([
      1.5,
      2.5,
      Number.POSITIVE_INFINITY,
    ])
  })

  it('hold about equal rows where values are many, and never more than asked', () => {
    const random = createRandom(5)
    const x = Float64Array.from({ length: 4000 }, () => random.nextGaussian())
    const table = binColumns(kernel, [x], 4000, 16)
    const counts = new Array(16).fill(0)
    for (let r = 0; r < 4000; r++) counts[table.codes[r * 4]!]++
    expect(table.binCount[0]).toBe(16)
    expect(counts.every((n) => n === 250)).toBe(true)
  })

  it('leave bins for the rest when one value has most rows', () => {
    const x = Float64Array.from({ length: 1000 }, (_, i) => (i < 900 ? 0 : i))
    expect(cutsOf(x, 20).length).toBe(20)
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
    const table = binColumns(kernel, [x], 7, 255)
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
    const table = binColumns(kernel, columns, 50, 255)
    const view = selectColumns(kernel, table, Int32Array.of(1, 4, 6), kernel.uint8(200), kernel.int32(3))
    for (let r = 0; r < 50; r++) {
      expect([0, 1, 2].map((f) => view.codes[r * 4 + f])).toEqual(
        [1, 4, 6].map((f) => table.codes[r * 8 + f]),
      )
    }
  })
  it('stand on values sorted as the platform sorts them, however they are spread', () => {
    const random = createRandom(3)
    const spreads: (() => number)[] = [
      () => random.nextGaussian(),
      () => random.nextInt(7) - 3,
      () => 100 + random.nextInt(1000) / 100,
      () => 2 ** 40 + random.nextInt(5000),
      () => Math.exp(40 * random.nextGaussian()),
      () => [0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, -1][random.nextInt(6)]!,
    ]
    for (const [k, draw] of spreads.entries()) {
      for (const n of [0, 1, 2, 300, 5000]) {
        const x = Float64Array.from({ length: n }, () => (random.next() < 0.1 ? Number.NaN : draw()))
        const plain = x.filter((value) => !Number.isNaN(value)).sort()
        const sorted = kernel.sortKnown([x])[0]!
        const same = sorted.every((value, i) => Object.is(value, plain[i]))
        expect([same, sorted.length], `spread ${k}, ${n} values`).toEqual([true, plain.length])
      }
    }
  })
})
