import { describe, expect, it } from 'vitest'
import { averageUniqueness, uniquenessWeights } from '#shared/kernels/uniqueness.ts'

describe('averageUniqueness', () => {
  it('agrees with the example of López de Prado: lives 1–2, 1–4, 4', () => {
    const out = new Float64Array(3)
    averageUniqueness(Int32Array.of(1, 1, 4), Int32Array.of(2, 4, 4), 5, out)
    expect([...out]).toEqual([0.5, 0.625, 0.5])
  })

  it('agrees with counting by hand on random lives', () => {
    const lives = Array.from({ length: 200 }, (_, i) => ({
      a: (i * 37) % 90,
      b: ((i * 37) % 90) + ((i * 11) % 9),
    }))
    const out = new Float64Array(lives.length)
    averageUniqueness(
      Int32Array.from(lives, ({ a }) => a),
      Int32Array.from(lives, ({ b }) => b),
      100,
      out,
    )
    lives.forEach(({ a, b }, i) => {
      let sum = 0
      for (let t = a; t <= b; t++) sum += 1 / lives.filter((life) => life.a <= t && t <= life.b).length
      expect(out[i]).toBeCloseTo(sum / (b - a + 1), 12)
    })
  })
})

describe('uniquenessWeights', () => {
  it('are 1 for labels that do not overlap and 0 without a label', () => {
    const weight = uniquenessWeights(Int32Array.of(0, 1, 2, 3), Int32Array.of(1, 2, 3, -1), 4)
    expect([...weight]).toEqual([1, 1, 1, 0])
  })

  it('average 1 over labelled rows and favour the ones that stand alone', () => {
    const bar = Int32Array.of(0, 1, 2, 20, 30)
    const exitBar = Int32Array.of(5, 6, 7, 25, -1)
    const weight = uniquenessWeights(bar, exitBar, 40)
    expect((weight[0]! + weight[1]! + weight[2]! + weight[3]!) / 4).toBeCloseTo(1, 14)
    expect(weight[3]! / weight[1]!).toBeGreaterThan(2)
    expect(weight[4]).toBe(0)
  })
})
