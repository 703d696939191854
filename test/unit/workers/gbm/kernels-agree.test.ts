import { describe, expect, it } from 'vitest'
import type { Forest } from '#shared/jobs/scoring-types.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { compileKernel } from '#test/compile-kernel.ts'
import { quietHooks } from '#test/learning-table.ts'
import type { Kernel } from '#workers/gbm/kernel.ts'
import { kernelBytes } from '#workers/gbm/kernel-bytes.ts'
import { createKernel } from '#workers/gbm/open-kernel.ts'
import { createPlainKernel } from '#workers/gbm/plain-kernel.ts'
import { boostForest } from '#workers/gbm/train-forest.ts'
import { baggedForest } from '#workers/gbm/train-random-forest.ts'
import { bytesOf, type RandomFit, randomFit } from './random-fit.ts'

const plain = createPlainKernel()
const compiled = createKernel()

function boost(kernel: Kernel, { columns, y, weights, classes, spec }: RandomFit): Forest {
  return kernel.scoped(() => boostForest(kernel, columns, y, weights, classes, spec, quietHooks, () => true))
}

function bag(kernel: Kernel, { columns, y, weights, classes, spec }: RandomFit): Forest {
  return kernel.scoped(() => baggedForest(kernel, columns, y, weights, classes, spec, quietHooks))
}

function marginOf(kernel: Kernel, forest: Forest, columns: readonly Float64Array[]): Float64Array {
  const margin = new Float64Array(columns[0]!.length * forest.outputs)
  kernel.addForest(forest, columns, margin)
  return margin
}

describe('the compiled kernel', () => {
  it('is what its sources compile to', async () => {
    expect(Buffer.from(await compileKernel()).toString('base64')).toBe(kernelBytes)
  }, 60_000)

  it('boosts, bags and predicts to the bit what the plain one does', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const fit = randomFit(seed)
      const boosted = boost(plain, fit)
      expect(bytesOf(boost(compiled, fit)), `boosted, seed ${seed}`).toBe(bytesOf(boosted))
      expect(bytesOf(bag(compiled, fit)), `bagged, seed ${seed}`).toBe(bytesOf(bag(plain, fit)))
      const same = marginOf(compiled, boosted, fit.columns)
      expect(same, `predicted, seed ${seed}`).toEqual(marginOf(plain, boosted, fit.columns))
    }
  })

  it('takes the same exponential of any margin', () => {
    const random = createRandom(4)
    const scales = [1e-9, 1e-8, 0.01, 0.35, 1, 5, 50, 750]
    const edges = [0, -0, 1, -1, Math.LN2 / 2, 1.5 * Math.LN2, 2 ** -28, 700, 701, 745, 746, 710, -710]
    const n = 20_001
    const [margin, weights] = [compiled.float64(n), compiled.float64(n).fill(1)]
    const y = compiled.int8(n).fill(0)
    for (let i = 0; i < n; i++) {
      const edge = edges[i >> 1]
      const drawn = scales[i % scales.length]! * (2 * random.next() - 1)
      margin[i] = edge === undefined ? drawn : edge * (i % 2 === 0 ? 1 : 1 - 2 ** -52)
    }
    const [g, h] = [compiled.float64(n), compiled.float64(n)]
    compiled.logisticGradients(margin, y, weights, g, h)
    const [plainG, plainH] = [new Float64Array(n), new Float64Array(n)]
    plain.logisticGradients(margin, y, weights, plainG, plainH)
    const apart = g.findIndex((x, i) => !Object.is(x, plainG[i]!) || !Object.is(h[i]!, plainH[i]!))
    expect(apart < 0 ? 'none' : margin[apart]).toBe('none')
  })
})
