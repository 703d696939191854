import { describe, expect, it } from 'vitest'
import { createRandom } from '#shared/kernels/random.ts'
import { applyCalibrator, calibrationFor, fitCalibrator } from '#workers/calibration/calibrator.ts'
import { fitIsotonic, interpolateKnots } from '#workers/calibration/fit-isotonic.ts'
import { fitPlatt } from '#workers/calibration/fit-platt.ts'

const random = createRandom(12)
const n = 300
const score = Float64Array.from({ length: n }, () => Math.round(random.next() * 120) / 120)
const hit = Uint8Array.from(score, (s) => (random.next() < 0.2 + 0.5 * s * s ? 1 : 0))
const weights = Float64Array.from(score, () => 0.5 + random.next())

/** Isotonic values at each score by the max–min formula: max over lower starts of min over upper ends of the block's mean. */
function naiveIsotonic(x: Float64Array): number[] {
  const at = [...new Set(x)].sort((a, b) => a - b)
  const mass = at.map((v) => x.reduce((sum, s, i) => (s === v ? sum + weights[i]! : sum), 0))
  const hits = at.map((v) => x.reduce((sum, s, i) => (s === v && hit[i] === 1 ? sum + weights[i]! : sum), 0))
  const mean = (from: number, to: number) => {
    const add = (values: number[]) => values.slice(from, to + 1).reduce((sum, v) => sum + v, 0)
    return add(hits) / add(mass)
  }
  return at.map((_, k) => {
    let top = Number.NEGATIVE_INFINITY
    for (let from = 0; from <= k; from++) {
      let low = Number.POSITIVE_INFINITY
      for (let to = k; to < at.length; to++) low = Math.min(low, mean(from, to))
      top = Math.max(top, low)
    }
    return top
  })
}

describe('isotonic calibration', () => {
  it('equals the max–min formula at every score', () => {
    const fit = fitIsotonic(score, hit, weights)
    const expected = naiveIsotonic(score)
    const at = [...new Set(score)].sort((a, b) => a - b)
    at.forEach((x, k) => {
      expect(interpolateKnots(fit, Math.round(x * 1e8) / 1e8)).toBeCloseTo(expected[k]!, 12)
    })
  })

  it('is linear between knots and constant outside', () => {
    const fit = { x: Float64Array.of(0.2, 0.4, 0.8), y: Float64Array.of(0.1, 0.1, 0.5) }
    expect([0, 0.2, 0.3, 0.6, 0.8, 1].map((x) => interpolateKnots(fit, x))).toEqual([
      0.1,
      0.1,
      0.1,
      expect.closeTo(0.3, 12),
      0.5,
      0.5,
    ])
  })

  it('has knots at least 1e-8 apart, so no last bit of a score can show', () => {
    const x = Float64Array.of(0.5, 0.5 + 1e-15, 0.5 + 3e-9, 0.7)
    const fit = fitIsotonic(x, Uint8Array.of(0, 1, 1, 1), new Float64Array(4).fill(1))
    for (let i = 1; i < fit.x.length; i++) expect(fit.x[i]! - fit.x[i - 1]!).toBeGreaterThan(0.99e-8)
  })
})

describe("Platt's sigmoid", () => {
  const z = score.map((s) => 3 * s - 1)

  /** Gradient of the weighted loss with smoothed targets. */
  function gradient(a: number, b: number): [number, number] {
    const positive = weights.reduce((sum, w, i) => sum + (hit[i] === 1 ? w : 0), 0)
    const negative = weights.reduce((sum, w) => sum + w, 0) - positive
    let ga = 0
    let gb = 0
    for (let i = 0; i < n; i++) {
      const t = hit[i] === 1 ? (positive + 1) / (positive + 2) : 1 / (negative + 2)
      const d = weights[i]! * (1 / (1 + Math.exp(-(a * z[i]! + b))) - t)
      ga += d * z[i]!
      gb += d
    }
    return [ga, gb]
  }

  it('stands where the gradient of the loss is zero', () => {
    const { a, b } = fitPlatt(z, hit, weights)
    const [ga, gb] = gradient(a, b)
    expect(Math.abs(ga)).toBeLessThan(1e-6)
    expect(Math.abs(gb)).toBeLessThan(1e-6)
    expect(a).toBeGreaterThan(0)
  })

  it('counts a weight of two as two rows', () => {
    const whole = Float64Array.from(z, (_, i) => 1 + (i % 2))
    const picks = Array.from(whole).flatMap((w, i) => (w === 2 ? [i, i] : [i]))
    const repeated = fitPlatt(
      Float64Array.from(picks, (i) => z[i]!),
      Uint8Array.from(picks, (i) => hit[i]!),
      new Float64Array(picks.length).fill(1),
    )
    const weighted = fitPlatt(z, hit, whole)
    expect(weighted.a).toBeCloseTo(repeated.a, 9)
    expect(weighted.b).toBeCloseTo(repeated.b, 9)
  })

  it('gives the smoothed base rate where all scores are equal or all rows are of one class', () => {
    const flat = fitPlatt(
      new Float64Array(40),
      Uint8Array.from({ length: 40 }, (_, i) => (i < 10 ? 1 : 0)),
      new Float64Array(40).fill(1),
    )
    expect(1 / (1 + Math.exp(-flat.b))).toBeCloseTo((10 * (11 / 12) + 30 * (1 / 32)) / 40, 9)
    const none = fitPlatt(z, new Uint8Array(n), new Float64Array(n).fill(1))
    expect(1 / (1 + Math.exp(-(none.a * 0.5 + none.b)))).toBeCloseTo(1 / (n + 2), 9)
  })

  it('stays finite on scores that part the classes perfectly', () => {
    const apart = Float64Array.from({ length: 200 }, (_, i) => (i < 100 ? -20 : 20))
    const isHigh = Uint8Array.from(apart, (v) => (v > 0 ? 1 : 0))
    const { a, b } = fitPlatt(apart, isHigh, new Float64Array(200).fill(1))
    expect(1 / (1 + Math.exp(-(a * 20 + b)))).toBeCloseTo(101 / 102, 6)
  })
})

describe('a calibrator', () => {
  const proba = Float64Array.from({ length: n * 3 }, () => 0.05 + random.next())
  for (let i = 0; i < n; i++) {
    const sum = proba[3 * i]! + proba[3 * i + 1]! + proba[3 * i + 2]!
    for (let c = 0; c < 3; c++) proba[3 * i + c]! /= sum
  }
  const y = Int8Array.from({ length: n }, () => random.nextInt(3))

  for (const kind of ['none', 'sigmoid', 'isotonic'] as const) {
    it(`of kind ${kind} gives probabilities that sum to 1, none at an edge`, () => {
      const out = applyCalibrator(fitCalibrator(kind, proba, y, weights, 3), proba, 3)
      for (let i = 0; i < n; i++) {
        expect(out[3 * i]! + out[3 * i + 1]! + out[3 * i + 2]!).toBeCloseTo(1, 12)
        for (let c = 0; c < 3; c++) expect(out[3 * i + c]!).toBeGreaterThan(3e-7)
      }
    })
  }

  it('clips before it renormalises', () => {
    const out = applyCalibrator({ kind: 'none' }, Float64Array.of(0, 1), 2)
    expect([...out]).toEqual([1e-6, 1 - 1e-6])
  })

  it('of two classes stays symmetric', () => {
    const two = Float64Array.from({ length: 2 * n }, (_, k) =>
      k % 2 === 0 ? 1 - score[k >> 1]! : score[k >> 1]!,
    )
    const calibrator = fitCalibrator('sigmoid', two, Int8Array.from(hit), weights, 2)
    if (calibrator.kind !== 'sigmoid') throw new Error('sigmoid was asked for')
    expect(calibrator.a[0]).toBeCloseTo(calibrator.a[1]!, 8)
    expect(calibrator.b[0]).toBeCloseTo(-calibrator.b[1]!, 8)
  })

  it('never turns a score around: scores that rank backwards give the base rate', () => {
    const backwards = Float64Array.from(hit, (each) => (each === 1 ? -0.1 : 0.1))
    const { a, b } = fitPlatt(backwards, Uint8Array.from(hit), weights)
    expect(a).toBe(0)
    const total = weights.reduce((sum, w) => sum + w, 0)
    const rate = weights.reduce((sum, w, i) => sum + w * hit[i]!, 0) / total
    expect(1 / (1 + Math.exp(-b))).toBeCloseTo(rate, 2)
  })

  it('is a sigmoid instead of isotonic under 1,000 training rows, with a note', () => {
    expect(calibrationFor('isotonic', 1000)).toEqual({ kind: 'isotonic', note: null })
    expect(calibrationFor('isotonic', 999)).toEqual({
      kind: 'sigmoid',
      note: 'sigmoid calibration was used: isotonic needs 1000 training rows, there are 999',
    })
    expect(calibrationFor('none', 10)).toEqual({ kind: 'none', note: null })
  })
})
