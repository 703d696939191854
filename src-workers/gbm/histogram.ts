import type { BinnedTable } from './binned-table.ts'
import type { PackedGradients } from './kernel.ts'
import { SLOTS } from './kernel-layout.ts'

/** Gradient and hessian share one Float64 as g·2²⁶ + h; both are integers whose sums stay below 2²⁶, so adding is exact. */
export const PACK = 67108864
const UNPACK = 1 / PACK

/** Gradient sum of a packed value. */
export function gradientOf(packed: number): number {
  return Math.floor(packed * UNPACK)
}

export function packGradients(
  gradient: Float64Array,
  hessian: Float64Array,
  rows: Int32Array,
  n: number,
  out: PackedGradients,
): void {
  let maxGradient = 0
  let maxHessian = 0
  for (let i = 0; i < n; i++) {
    const r = rows[i]!
    const g = Math.abs(gradient[r]!)
    if (g > maxGradient) maxGradient = g
    if (hessian[r]! > maxHessian) maxHessian = hessian[r]!
  }
  const gradientScale = powerOfTwoScale(maxGradient, n)
  const hessianScale = powerOfTwoScale(maxHessian, n)
  let low = Number.POSITIVE_INFINITY
  let high = 0
  let total = 0
  for (let i = 0; i < n; i++) {
    const r = rows[i]!
    const h = Math.floor(hessian[r]! * hessianScale + 0.5)
    if (h < low) low = h
    if (h > high) high = h
    const pair = Math.floor(gradient[r]! * gradientScale + 0.5) * PACK + h
    out.packed[r] = pair
    total += pair
  }
  out.gradientScale = gradientScale
  out.hessianScale = hessianScale
  out.hessianMin = low
  out.hessianMax = high
  out.total = total
}

/** Largest power of two by which n values of at most `maximum` still sum, rounded, to less than 2²⁶. */
export function powerOfTwoScale(maximum: number, n: number): number {
  if (maximum === 0) return 1
  return 2 ** Math.floor(Math.log2(((PACK - n) * 0.999) / (maximum * n)))
}

/** Slots of a histogram of the table; the padding of the last word has a place too. */
export function histogramSlots({ rowWords }: BinnedTable): number {
  return rowWords * 4 * SLOTS
}

/** Adds the packed gradients of `rows[start … end)` to the histogram, four features a word. */
export function accumulateHistogram(
  { words, rowWords }: BinnedTable,
  packed: Float64Array,
  rows: Int32Array,
  start: number,
  end: number,
  hist: Float64Array,
): void {
  for (let i = start; i < end; i++) {
    const r = rows[i]!
    const pair = packed[r]!
    const stop = (r + 1) * rowWords
    let base = 0
    for (let w = r * rowWords; w < stop; w++) {
      const word = words[w]!
      hist[base + (word & 255)]! += pair
      hist[base + SLOTS + ((word >>> 8) & 255)]! += pair
      hist[base + 2 * SLOTS + ((word >>> 16) & 255)]! += pair
      hist[base + 3 * SLOTS + (word >>> 24)]! += pair
      base += 4 * SLOTS
    }
  }
}

export function subtractHistogram(from: Float64Array, part: Float64Array): void {
  for (let i = 0; i < from.length; i++) from[i]! -= part[i]!
}
