import { describe, expect, it } from 'vitest'
import { percentRank } from '#shared/kernels/percent-rank.ts'
import { rollingCorrelation } from '#shared/kernels/rolling-correlation.ts'
import { barsSinceMax, barsSinceMin, rollingMax, rollingMin } from '#shared/kernels/rolling-extremes.ts'
import { rollingMean, rollingSum } from '#shared/kernels/rolling-mean.ts'
import { rollingKurtosis, rollingSkew } from '#shared/kernels/rolling-moments.ts'
import { rollingRegression } from '#shared/kernels/rolling-regression.ts'
import { rollingStd } from '#shared/kernels/rolling-std.ts'
import { convolve, weightedMean } from '#shared/kernels/weighted-mean.ts'
import { seededRandom } from '#test/indicator-input.ts'

type Kernel = (x: Float64Array, window: number, out: Float64Array) => void
type Definition = (values: number[]) => number

const sum = (v: number[]) => v.reduce((a, b) => a + b, 0)
const mean = (v: number[]) => sum(v) / v.length
const moment = (v: number[], order: number) => mean(v.map((x) => (x - mean(v)) ** order))

/** Least squares by its textbook sums. */
function line(v: number[]) {
  const t = v.map((_, i) => i)
  const cov = sum(v.map((x, i) => (x - mean(v)) * (i - mean(t))))
  const slope = cov / sum(t.map((i) => (i - mean(t)) ** 2))
  const explained = slope * cov
  return { slope, end: mean(v) + slope * (v.length - 1 - mean(t)), r2: explained / (moment(v, 2) * v.length) }
}

const regression =
  (wanted: 0 | 1 | 2): Kernel =>
  (x, window, out) => {
    const outs = [new Float64Array(x.length), new Float64Array(x.length), new Float64Array(x.length)] as const
    rollingRegression(x, window, ...outs)
    out.set(outs[wanted])
  }

const kernels: [string, Kernel, Definition][] = [
  ['rollingSum', rollingSum, sum],
  ['rollingMean', rollingMean, mean],
  ['rollingMax', rollingMax, (v) => Math.max(...v)],
  ['rollingMin', rollingMin, (v) => Math.min(...v)],
  ['barsSinceMax', barsSinceMax, (v) => v.length - 1 - v.lastIndexOf(Math.max(...v))],
  ['barsSinceMin', barsSinceMin, (v) => v.length - 1 - v.lastIndexOf(Math.min(...v))],
  ['rollingStd of the population', (x, w, out) => rollingStd(x, w, 0, out), (v) => Math.sqrt(moment(v, 2))],
  [
    'rollingStd of the sample',
    (x, w, out) => rollingStd(x, w, 1, out),
    (v) => Math.sqrt((moment(v, 2) * v.length) / (v.length - 1)),
  ],
  ['weightedMean', weightedMean, (v) => sum(v.map((x, i) => x * (i + 1))) / sum(v.map((_, i) => i + 1))],
  [
    'convolve',
    (x, w, out) =>
      convolve(
        x,
        Float64Array.from({ length: w }, (_, k) => k * k),
        out,
      ),
    (v) => sum(v.map((x, k) => x * k * k)),
  ],
  ['slope of rollingRegression', regression(0), (v) => line(v).slope],
  ['end of rollingRegression', regression(1), (v) => line(v).end],
  ['R² of rollingRegression', regression(2), (v) => line(v).r2],
  [
    'rollingSkew',
    rollingSkew,
    (v) => ((moment(v, 3) / moment(v, 2) ** 1.5) * Math.sqrt(v.length * (v.length - 1))) / (v.length - 2),
  ],
  [
    'rollingKurtosis',
    rollingKurtosis,
    (v) => {
      const n = v.length
      return ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (moment(v, 4) / moment(v, 2) ** 2 - 3) + 6)
    },
  ],
]

/** A walk with missing values, ties and an outlier a million times the rest. */
function series(length: number): Float64Array {
  const random = seededRandom(11)
  const x = new Float64Array(length)
  let level = 100
  for (let i = 0; i < length; i++) {
    level += random() - 0.5
    x[i] = Math.round(level * 8) / 8 + (i % 3 === 0 ? 0.1 * random() : 0)
  }
  for (const hole of [3, 40, 41, 300, length - 2]) x[hole] = Number.NaN
  x[120] = 1e8
  return x
}

describe.each(kernels)('%s', (_name, kernel, definition) => {
  it.each([4, 5, 7, 20, 90])(
    'equals its definition over every window of %i, holes and outlier included',
    (window) => {
      const x = series(700)
      const out = new Float64Array(x.length).fill(Number.POSITIVE_INFINITY)
      kernel(x, window, out)
      for (let i = 0; i < x.length; i++) {
        const values = [...x.subarray(Math.max(0, i - window + 1), i + 1)]
        if (i < window - 1 || values.some(Number.isNaN)) expect(out[i], `row ${i}`).toBeNaN()
        else {
          const expected = definition(values)
          // While the outlier is in the window, 1e8 itself rounds to 1e-8.
          const scale = values.includes(1e8) ? 1e-6 * 1e8 : 1e-9
          expect(Math.abs(out[i]! - expected), `row ${i}`).toBeLessThanOrEqual(
            scale * Math.max(1, Math.abs(expected)),
          )
        }
      }
    },
  )

  it('gives NaN alone where the series is shorter than the window', () => {
    const out = new Float64Array(3).fill(1)
    kernel(Float64Array.of(1, 2, 3), 4, out)
    expect([...out]).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })
})

describe('over equal values after an outlier', () => {
  const x = new Float64Array(300).fill(0.1)
  x[30] = 1e9
  const out = new Float64Array(300)

  it('the deviation is exactly 0', () => {
    rollingStd(x, 10, 1, out)
    expect([...out.subarray(41)].every((value) => value === 0)).toBe(true)
  })

  it('a sum of zeros is exactly 0', () => {
    const zeros = x.map((value) => (value === 0.1 ? 0 : value / 3))
    rollingSum(zeros, 7, out)
    expect([...out.subarray(37)].every((value) => value === 0)).toBe(true)
  })

  it('R², skewness and correlation are missing, not noise', () => {
    const slope = new Float64Array(300)
    rollingRegression(x, 10, slope, new Float64Array(300), out)
    expect(out[100]).toBeNaN()
    expect(slope[100]).toBe(0)
    rollingSkew(x, 10, out)
    expect(out[100]).toBeNaN()
    rollingCorrelation(x, x, 10, out)
    expect(out[100]).toBeNaN()
  })
})

it('rollingCorrelation is 1 with itself and −1 with its mirror', () => {
  const x = series(300).subarray(150, 290)
  const out = new Float64Array(x.length)
  rollingCorrelation(
    x,
    x.map((value) => 3 * value + 1),
    12,
    out,
  )
  expect(out[11]).toBeCloseTo(1, 12)
  rollingCorrelation(
    x,
    x.map((value) => -value),
    12,
    out,
  )
  expect(out[11]).toBeCloseTo(-1, 12)
})

it('percentRank counts the values before that are smaller', () => {
  const out = new Float64Array(6)
  percentRank(Float64Array.of(1, 2, 2, 4, 3, 0), 4, out)
  expect([...out]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN, 75, 0])
})
