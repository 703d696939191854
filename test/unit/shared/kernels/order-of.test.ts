import { describe, expect, it } from 'vitest'
import { orderOf } from '#shared/kernels/order-of.ts'
import { createRandom } from '#shared/kernels/random.ts'

describe('the order of values', () => {
  it.each([0, 1, 50, 4095, 4096, 20_000])(
    'of %i values is that of comparing them, ties as they came',
    (n) => {
      const random = createRandom(n + 1)
      const edges = [0, -0, 1, -1, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -5e-324, 1 / 0, -1 / 0]
      const kept = new Float64Array(n + 1)
      // Values that do not begin where their buffer does.
      const x = kept.subarray(1)
      for (let i = 0; i < n; i++) {
        const spread = [1, 1e-300, 1e300][random.nextInt(3)]!
        x[i] =
          i < edges.length
            ? edges[i]!
            : random.nextInt(4) === 0
              ? random.nextInt(5) - 2
              : spread * random.nextGaussian()
      }
      const got = [...orderOf(x)]
      expect(got.every((i, k) => k === 0 || x[got[k - 1]!]! <= x[i]!)).toBe(true)
      // Both zeros are equal to a comparison, and apart by their digits.
      const apart = (order: number[]) => order.filter((i) => x[i] !== 0)
      const compared = Array.from(x.keys()).sort((a, b) => x[a]! - x[b]! || a - b)
      expect(apart(got)).toEqual(apart(compared))
      expect(new Set(got).size).toBe(n)
    },
  )
})
