import { describe, expect, it } from 'vitest'
import { createRandom } from '#shared/kernels/random.ts'

function draw(seed: number, n: number): number[] {
  const random = createRandom(seed)
  return Array.from({ length: n }, () => random.next())
}

describe('a seeded random stream', () => {
  it('repeats for one seed and differs for neighbouring and fractional ones', () => {
    expect(draw(1, 100)).toEqual(draw(1, 100))
    const firsts = [0, 1, 2, 3, 1.5, -1, 2 ** 40].map((seed) => draw(seed, 1)[0])
    expect(new Set(firsts).size).toBe(7)
  })

  it('is uniform: mean, variance, tenths and neighbours', () => {
    const x = draw(42, 100_000)
    const mean = x.reduce((sum, v) => sum + v, 0) / x.length
    const variance = x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length
    expect(mean).toBeCloseTo(0.5, 2)
    expect(variance).toBeCloseTo(1 / 12, 3)
    const tenths = new Array(10).fill(0)
    for (const v of x) tenths[Math.floor(v * 10)]++
    const chiSquare = tenths.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0)
    // 99.9 % point with 9 degrees of freedom.
    expect(chiSquare).toBeLessThan(27.9)
    let lag = 0
    for (let i = 1; i < x.length; i++) lag += (x[i]! - mean) * (x[i - 1]! - mean)
    expect(Math.abs(lag / x.length / variance)).toBeLessThan(0.012)
  })

  it('gives integers over the whole range and standard normal numbers', () => {
    const random = createRandom(3)
    const seen = new Set(Array.from({ length: 500 }, () => random.nextInt(7)))
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
    const z = Array.from({ length: 100_000 }, () => random.nextGaussian())
    const moment = (k: number) => z.reduce((sum, v) => sum + v ** k, 0) / z.length
    expect(Math.abs(moment(1))).toBeLessThan(0.012)
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02)
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15)
  })
})
