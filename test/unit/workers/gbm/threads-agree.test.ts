import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { createRandom } from '#shared/kernels/random.ts'
import { makeSpec } from '#test/learning-table.ts'
import type { Kernel } from '#workers/gbm/kernel.ts'
import { createKernel } from '#workers/gbm/open-kernel.ts'
import { boostForest } from '#workers/gbm/train-forest.ts'
import { baggedForest } from '#workers/gbm/train-random-forest.ts'
import { bytesOf } from './random-fit.ts'

const rows = 60_000
const random = createRandom(8)
const columns = Array.from({ length: 37 }, (_, f) =>
  Float64Array.from({ length: rows }, () => {
    const x = random.next() < 0.1 ? Number.NaN : random.nextGaussian()
    return f % 3 === 0 ? Math.round(x * 4) / 4 : x
  }),
)
const y = Int8Array.from({ length: rows }, (_, r) => {
  const score = (columns[0]![r]! || 0) + 0.5 * (columns[20]![r]! || 0) + random.nextGaussian()
  return score < -0.6 ? 0 : score < 0.6 ? 1 : 2
})
const twoSided = y.map((each) => (each > 0 ? 1 : 0))
const weights = Float64Array.from(y, () => 0.5 + random.next())
const kernels: Kernel[] = []
afterAll(() => kernels.forEach((kernel) => void kernel.close()))

async function kernelOf(threads: number): Promise<Kernel> {
  const kernel = createKernel()
  kernels.push(kernel)
  kernel.setThreads(threads)
  while (kernel.threads < threads) await sleep(10)
  return kernel
}

describe('a forest', () => {
  const shapes = [
    ['of two classes', 2, { n_estimators: 4 }],
    ['of three classes', 3, { n_estimators: 2 }],
    ['on samples of rows and columns', 2, { n_estimators: 4, subsample: 0.7, colsample_bytree: 0.6 }],
    ['with a limit on leaves', 2, { n_estimators: 3, max_leaves: 11, min_child_samples: 400 }],
  ] as const

  it.each(shapes)('%s is the same to the bit on one thread, two and five', async (_, classes, changes) => {
    const spec = makeSpec({ max_depth: 7, min_child_samples: 3, ...changes })
    const made: string[] = []
    for (const threads of [1, 2, 5]) {
      let polls = 0
      const kernel = await kernelOf(threads)
      const cancelled = () => {
        // The helpers are at work, and stay so.
        expect(kernel.threads).toBe(threads)
        polls++
        return false
      }
      const hooks = { threads, cancelled, report: () => {} }
      const labels = classes === 2 ? twoSided : y
      const boosted = kernel.scoped(() =>
        boostForest(kernel, columns, labels, weights, classes, spec, hooks, () => true),
      )
      const bagged = kernel.scoped(() => baggedForest(kernel, columns, labels, weights, classes, spec, hooks))
      expect(polls).toBeGreaterThan(20)
      expect(boosted.feature.some((f) => f >= 0)).toBe(true)
      made.push(`${bytesOf(boosted)} ${bytesOf(bagged)}`)
    }
    expect(made[1] === made[0]).toBe(true)
    expect(made[2] === made[0]).toBe(true)
  })
})
