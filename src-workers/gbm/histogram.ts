/** Gradient and hessian share one Float64 as g·2²⁶ + h; both are integers whose sums stay below 2²⁶, so adding is exact. */
export const PACK = 67108864
const UNPACK = 1 / PACK

export interface PackedGradients {
  /** One packed pair per row. */
  packed: Float64Array
  /** Powers of two that the real gradient and hessian were multiplied by. */
  gradientScale: number
  hessianScale: number
  /** Smallest and largest quantised hessian of the rows. */
  hessianMin: number
  hessianMax: number
}

/** Gradient sum of a packed value. */
export function gradientOf(packed: number): number {
  return Math.floor(packed * UNPACK)
}

/** Quantises the gradients of `rows[0 … n)` into `out.packed`. The scale depends on maxima alone, not on any order. */
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
  for (let i = 0; i < n; i++) {
    const r = rows[i]!
    const h = Math.floor(hessian[r]! * hessianScale + 0.5)
    if (h < low) low = h
    if (h > high) high = h
    out.packed[r] = Math.floor(gradient[r]! * gradientScale + 0.5) * PACK + h
  }
  out.gradientScale = gradientScale
  out.hessianScale = hessianScale
  out.hessianMin = low
  out.hessianMax = high
}

/** Largest power of two by which n values of at most `maximum` still sum, rounded, to less than 2²⁶. */
function powerOfTwoScale(maximum: number, n: number): number {
  if (maximum === 0) return 1
  return 2 ** Math.floor(Math.log2(((PACK - n) * 0.999) / (maximum * n)))
}

/** Adds the packed gradients of `rows[start … end)` to the histogram, four features a word. */
export function accumulateHistogram(
  words: Uint32Array,
  rowWords: number,
  packed: Float64Array,
  rows: Int32Array,
  start: number,
  end: number,
  hist: Float64Array,
  stride: number,
): void {
  const two = 2 * stride
  const three = 3 * stride
  const four = 4 * stride
  for (let i = start; i < end; i++) {
    const r = rows[i]!
    const pair = packed[r]!
    const stop = (r + 1) * rowWords
    let base = 0
    for (let w = r * rowWords; w < stop; w++) {
      const word = words[w]!
      hist[base + (word & 255)]! += pair
      hist[base + stride + ((word >>> 8) & 255)]! += pair
      hist[base + two + ((word >>> 16) & 255)]! += pair
      hist[base + three + (word >>> 24)]! += pair
      base += four
    }
  }
}

/** from ← from − part, over the first `slots` slots; exact. */
export function subtractHistogram(from: Float64Array, part: Float64Array, slots: number): void {
  for (let i = 0; i < slots; i++) from[i]! -= part[i]!
}
