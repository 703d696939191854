import { describe, expect, it } from 'vitest'
import { createRandom } from '#shared/kernels/random.ts'
import {
  countGroups,
  groupByEdges,
  stabilityIndex,
  tenthEdges,
  usualIndex,
} from '#shared/kernels/stability-index.ts'

/** Index of live values against a reference, over its tenths. */
function indexOf(reference: Float64Array, live: Float64Array): number {
  const edges = tenthEdges(reference)
  const counts = (values: Float64Array) => countGroups(groupByEdges(values, edges), edges.length + 2)
  return stabilityIndex(counts(reference), counts(live))
}

const ramp = Float64Array.from({ length: 1000 }, (_, i) => i)

describe('the stability index', () => {
  it('is worked out by hand: five tenths never seen, five seen twice as often', () => {
    const expected = 5 * (0.0001 - 0.1) * Math.log(0.0001 / 0.1) + 5 * (0.2 - 0.1) * Math.log(0.2 / 0.1)
    expect(indexOf(ramp, ramp.subarray(500))).toBeCloseTo(expected, 12)
    expect(indexOf(ramp, ramp)).toBe(0)
  })

  it('counts missing values as a group of their own', () => {
    const half = Float64Array.from(ramp, (value, i) => (i % 2 ? value : Number.NaN))
    const expected = 10 * (0.05 - 0.1) * Math.log(0.05 / 0.1) + (0.5 - 0.0001) * Math.log(0.5 / 0.0001)
    expect(indexOf(ramp, half)).toBeCloseTo(expected, 12)
    expect(indexOf(half, half)).toBe(0)
  })

  it('has one edge for equal tenths, and none where nothing varies', () => {
    expect(tenthEdges(Float64Array.from({ length: 100 }, (_, i) => i % 2))).toEqual([0, 1])
    expect(tenthEdges(new Float64Array(100).fill(7))).toEqual([])
    expect(tenthEdges(new Float64Array(100).fill(Number.NaN))).toEqual([])
  })
})

describe('the usual index', () => {
  const usualOf = (values: Float64Array, length: number) => {
    const edges = tenthEdges(values)
    return usualIndex(groupByEdges(values, edges), edges.length + 2, length)
  }

  it('is passed by few of equally long samples of the same source', () => {
    const random = createRandom(11)
    const draw = (count: number) => Float64Array.from({ length: count }, () => random.nextGaussian())
    const reference = draw(3000)
    const usual = usualOf(reference, 60)
    const edges = tenthEdges(reference)
    const counts = (values: Float64Array) => countGroups(groupByEdges(values, edges), edges.length + 2)
    const whole = counts(reference)
    const beyond = Array.from({ length: 400 }, () => stabilityIndex(whole, counts(draw(60)))).filter(
      (psi) => psi > usual,
    )
    expect(beyond.length / 400).toBeLessThan(0.12)
    expect(beyond.length / 400).toBeGreaterThan(0.005)
    // Any rule of thumb would call most of these samples drifted.
    expect(usual).toBeGreaterThan(0.25)
    expect(usualOf(reference, 1000)).toBeLessThan(0.05)
  })

  it('is far larger for what moves slowly', () => {
    const random = createRandom(12)
    let level = 0
    const slow = Float64Array.from({ length: 3000 }, () => (level = 0.995 * level + random.nextGaussian()))
    const quick = Float64Array.from(slow, () => random.nextGaussian())
    expect(usualOf(slow, 60)).toBeGreaterThan(5 * usualOf(quick, 60))
  })

  it('equals the one found by counting every stretch anew', () => {
    const random = createRandom(13)
    const of = Uint8Array.from({ length: 120 }, () => Math.floor(random.next() * 3))
    const whole = countGroups(of, 3)
    const all = Array.from({ length: 81 }, (_, from) =>
      stabilityIndex(whole, countGroups(of.subarray(from, from + 40), 3)),
    ).sort((a, b) => a - b)
    expect(usualIndex(of, 3, 40)).toBe(all[Math.floor(0.95 * 80)])
  })

  it('is unknown where less than two stretches fit', () => {
    expect(usualIndex(new Uint8Array(100), 2, 51)).toBeNaN()
    expect(usualIndex(new Uint8Array(100), 2, 0)).toBeNaN()
    expect(usualIndex(new Uint8Array(100), 2, 50)).toBe(0)
  })
})
