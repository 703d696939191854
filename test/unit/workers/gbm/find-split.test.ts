import { describe, expect, it } from 'vitest'
import { makeTable } from '#test/learning-table.ts'
import { binColumns } from '#workers/gbm/bin-columns.ts'
import { createSparseBins, findSplit, findSplitOfFewRows } from '#workers/gbm/find-split.ts'
import {
  accumulateHistogram,
  gradientOf,
  PACK,
  packGradients,
  subtractHistogram,
} from '#workers/gbm/histogram.ts'
import { firstIntegers } from '#workers/gbm/sampling.ts'
import { createSplitSearch } from '#workers/gbm/split-search.ts'

const made = makeTable({ rows: 500, features: 6, missing: 0.1, seed: 17 })
const table = binColumns(made.columns, 500, 64)
const rows = firstIntegers(500)
const gradient = Float64Array.from(made.y, (y, i) => 0.4 + (i % 7) / 70 - y)
const hessian = Float64Array.from(made.y, (_, i) => 0.2 + (i % 5) / 100)
const quantised = {
  packed: new Float64Array(500),
  gradientScale: 1,
  hessianScale: 1,
  hessianMin: 0,
  hessianMax: 0,
}
packGradients(gradient, hessian, rows, 500, quantised)
const slots = table.rowWords * 4 * table.stride

function histogramOf(start: number, end: number): Float64Array {
  const hist = new Float64Array(slots)
  accumulateHistogram(table.words, table.rowWords, quantised.packed, rows, start, end, hist, table.stride)
  return hist
}

describe('packed histograms', () => {
  it('hold the gradient and hessian sums of every bin', () => {
    const hist = histogramOf(0, 500)
    for (let f = 0; f < 6; f++) {
      let g = 0
      let h = 0
      for (let b = 0; b <= table.binCount[f]!; b++) {
        const sum = hist[f * table.stride + b]!
        g += gradientOf(sum)
        h += sum - gradientOf(sum) * PACK
      }
      expect(g / quantised.gradientScale).toBeCloseTo(
        gradient.reduce((a, v) => a + v, 0),
        2,
      )
      expect(h / quantised.hessianScale).toBeCloseTo(
        hessian.reduce((a, v) => a + v, 0),
        2,
      )
    }
  })

  it('of a sibling are exactly what is left of the parent', () => {
    const rest = histogramOf(0, 500)
    subtractHistogram(rest, histogramOf(0, 180), slots)
    expect(rest).toEqual(histogramOf(180, 500))
  })
})

describe('the split of a node', () => {
  it('is the same with a histogram and without one', () => {
    const features = firstIntegers(6)
    const limits = { lambda: 0.3 * quantised.hessianScale, minGain: 0, minSamples: 4, minHessian: 1 }
    const bounds = { lowHessian: 4 * quantised.hessianMin, sureHessian: 4 * quantised.hessianMax }
    const dense = createSplitSearch(table, { ...limits, ...bounds }, rows, new Int32Array(257))
    const sparse = createSplitSearch(table, { ...limits, ...bounds }, rows, new Int32Array(257))
    const bins = createSparseBins()
    for (const [start, end] of [
      [0, 500],
      [10, 60],
      [100, 112],
      [200, 330],
      [490, 500],
    ] as const) {
      let total = 0
      for (let i = start; i < end; i++) total += quantised.packed[i]!
      const found = findSplit(dense, start, end, total, histogramOf(start, end), features)
      expect(findSplitOfFewRows(sparse, start, end, total, quantised.packed, bins, features)).toBe(found)
      expect(found).toBe(true)
      const { feature, bin, missingLeft, left, gain } = dense
      expect(sparse).toMatchObject({ feature, bin, missingLeft, left, gain })
    }
  })
})
