import { describe, expect, it } from 'vitest'
import { makeTable } from '#test/learning-table.ts'
import { binColumns } from '#workers/gbm/bin-columns.ts'
import { gradientOf, histogramSlots, PACK } from '#workers/gbm/histogram.ts'
import type { PackedGradients, SearchedNode } from '#workers/gbm/kernel.ts'
import { SLOTS } from '#workers/gbm/kernel-layout.ts'
import { createKernel } from '#workers/gbm/open-kernel.ts'
import { createPlainKernel } from '#workers/gbm/plain-kernel.ts'

const made = makeTable({ rows: 500, features: 6, missing: 0.1, seed: 17 })

describe.each([
  ['plain', createPlainKernel()],
  ['compiled', createKernel()],
])('the %s kernel', (kind, kernel) => {
  const table = binColumns(kernel, made.columns, 500, 64)
  const rows = kernel.int32(500)
  const gradient = kernel.float64(500)
  const hessian = kernel.float64(500)
  for (let i = 0; i < 500; i++) {
    rows[i] = i
    gradient[i] = 0.4 + (i % 7) / 70 - made.y[i]!
    hessian[i] = 0.2 + (i % 5) / 100
  }
  const quantised: PackedGradients = {
    packed: kernel.float64(500),
    gradientScale: 1,
    hessianScale: 1,
    hessianMin: 0,
    hessianMax: 0,
    total: 0,
  }
  kernel.packGradients(gradient, hessian, rows, 500, quantised)
  const { packed, gradientScale, hessianScale, hessianMin, hessianMax } = quantised

  const histogramOf = (start: number, end: number, from: Float64Array | null = null): Float64Array => {
    const hist = kernel.float64(histogramSlots(table))
    kernel.fillHistogram(table, packed, rows, start, end, hist, from)
    return hist
  }
  /** g·2²⁶ + h as a number, from a kernel that keeps g·2³² + h as an integer too. */
  const sumIn = (hist: Float64Array, slot: number): number => {
    if (kind === 'plain') return hist[slot]!
    const sum = new BigInt64Array(hist.buffer, hist.byteOffset)[slot]!
    return Number(sum >> 32n) * PACK + Number(sum & 0xffffffffn)
  }

  it('is the one that it is called', () => {
    expect(packed.buffer instanceof SharedArrayBuffer).toBe(kind === 'compiled')
  })

  it('sums gradients and hessians of every bin', () => {
    const hist = histogramOf(0, 500)
    for (let f = 0; f < 6; f++) {
      let g = 0
      let h = 0
      for (let b = 0; b <= table.binCount[f]!; b++) {
        const sum = sumIn(hist, f * SLOTS + b)
        g += gradientOf(sum)
        h += sum - gradientOf(sum) * PACK
      }
      expect(g / gradientScale).toBeCloseTo(
        gradient.reduce((a, v) => a + v, 0),
        2,
      )
      expect(h / hessianScale).toBeCloseTo(
        hessian.reduce((a, v) => a + v, 0),
        2,
      )
    }
  })

  it('leaves of a parent, less one child, exactly the other', () => {
    const rest = histogramOf(0, 500)
    histogramOf(0, 180, rest)
    const other = histogramOf(180, 500)
    for (let f = 0; f < 6; f++) {
      for (let b = 0; b <= table.binCount[f]!; b++)
        expect(sumIn(rest, f * SLOTS + b)).toBe(sumIn(other, f * SLOTS + b))
    }
  })

  it('finds the same split with a histogram and without one', () => {
    const features = kernel.int32(6)
    for (let f = 0; f < 6; f++) features[f] = f
    const findSplits = kernel.startSearch(table, packed, rows, {
      lambda: 0.3 * hessianScale,
      minGain: 0,
      minSamples: 4,
      minHessian: 1,
      lowHessian: 4 * hessianMin,
      sureHessian: 4 * hessianMax,
    })
    for (const [start, end] of [
      [0, 128],
      [10, 60],
      [100, 112],
      [200, 320],
      [490, 500],
    ] as const) {
      let total = 0
      for (let i = start; i < end; i++) {
        total += Math.floor(gradient[i]! * gradientScale + 0.5) * PACK
        total += Math.floor(hessian[i]! * hessianScale + 0.5)
      }
      const unknown = { isFound: false, gain: 0, feature: -1, bin: 0, missingLeft: false, left: 0 }
      const node = { start, end, total, features, ...unknown }
      const nodes = [
        { ...node, hist: histogramOf(start, end) },
        { ...node, hist: null },
      ]
      findSplits(nodes)
      const [{ hist, ...counted }, { hist: _, ...listed }] = nodes as [SearchedNode, SearchedNode]
      expect(counted.isFound).toBe(true)
      expect(counted.feature).toBeGreaterThanOrEqual(0)
      expect(listed).toEqual(counted)
    }
  })
})
