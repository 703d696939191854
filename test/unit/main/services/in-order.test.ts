import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { chunksOf, inOrder } from '#main/services/in-order.ts'

describe('results in order', () => {
  it('come as the items do, though later ones are done first, with so many at work and no more', async () => {
    let atWork = 0
    let most = 0
    const work = async (item: number, place: number) => {
      most = Math.max(most, ++atWork)
      await setTimeout(12 - item)
      atWork--
      return [item, place]
    }
    const results: number[][] = []
    for await (const result of inOrder([1, 5, 9, 11, 2, 10], 3, work)) results.push(result)
    expect(results).toEqual([1, 5, 9, 11, 2, 10].map((item, place) => [item, place]))
    expect(most).toBe(3)
  })

  it('end with the first that fails, when no other is at work any more', async () => {
    let atWork = 0
    const seen: number[] = []
    const work = async (item: number) => {
      atWork++
      await setTimeout(item)
      atWork--
      if (item === 4) throw new Error('the second')
      return item
    }
    const run = async () => {
      for await (const item of inOrder([1, 4, 30, 2], 3, work)) seen.push(item)
    }
    await expect(run()).rejects.toThrow('the second')
    expect(seen).toEqual([1])
    expect(atWork).toBe(0)
  })

  it('are waited for when whoever asked has heard enough', async () => {
    let done = 0
    const work = async (item: number) => {
      await setTimeout(item)
      done++
    }
    for await (const _ of inOrder([1, 20, 20, 20], 3, work)) break
    expect(done).toBe(3)
  })
})

it('chunks hold every item once, in order, none more than its size', () => {
  expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(chunksOf([], 3)).toEqual([])
})
