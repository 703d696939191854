import { describe, expect, it } from 'vitest'
import { placeRanks } from '#shared/kernels/place-ranks.ts'
import { createRandom } from '#shared/kernels/random.ts'

const random = createRandom(6)
const shapes: [string, (i: number) => number][] = [
  ['drawn', () => random.nextGaussian()],
  ['of few levels', () => random.nextInt(4)],
  ['all equal', () => 7],
  ['ascending', (i) => i],
  ['descending', (i) => -i],
  ['up and down', (i) => Math.abs(500 - i)],
]

describe('ranks in place', () => {
  it.each(shapes)('hold what sorting would put there, values %s', (_, give) => {
    for (const n of [1, 2, 3, 10, 999, 1000]) {
      const x = Float64Array.from({ length: n }, (_, i) => give(i))
      const sorted = x.slice().sort()
      const ranks = [0, 0.1, 0.25, 0.5, 0.5, 0.9, 1].map((share) => Math.min(n - 1, Math.floor(share * n)))
      placeRanks(x, ranks)
      expect(ranks.map((rank) => x[rank])).toEqual(ranks.map((rank) => sorted[rank]))
      expect(x.slice().sort()).toEqual(sorted)
    }
  })
})
