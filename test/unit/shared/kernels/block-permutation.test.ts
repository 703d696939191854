import { describe, expect, it } from 'vitest'
import { permuteBlocks } from '#shared/kernels/block-permutation.ts'

describe('a permutation by blocks', () => {
  it.each([
    [10, 1],
    [10, 3],
    [1000, 7],
    [5, 9],
    [0, 3],
  ])('of %i in runs of %i holds each number once and keeps its runs', (n, block) => {
    const order = [...permuteBlocks(n, block, 4)]
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
    const torn = order.filter((each, i) => each % block !== 0 && order[i - 1] !== each - 1)
    expect(torn).toEqual([])
  })

  it('repeats for a seed, differs for another and puts every block first about as often', () => {
    expect(permuteBlocks(100, 5, 1)).toEqual(permuteBlocks(100, 5, 1))
    expect(permuteBlocks(100, 5, 1)).not.toEqual(permuteBlocks(100, 5, 2))
    const firsts = new Int32Array(4)
    for (let seed = 0; seed < 4000; seed++) firsts[permuteBlocks(4, 1, seed)[0]!]!++
    for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(750))
  })
})
