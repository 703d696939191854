/**
 * Highest of the last `window` values. NaN until full and over any NaN. O(n), three comparisons a value: each window is the
 * end of one block and the start of the next (van Herk 1992, Gil & Werman 1993). Allocates one block.
 */
export function rollingMax(x: Float64Array, window: number, out: Float64Array): void {
  const n = x.length
  const suffix = new Float64Array(window).fill(Number.NaN)
  for (let from = 0; from < n; from += window) {
    const end = Math.min(n, from + window - 1)
    let prefix = Number.NEGATIVE_INFINITY
    for (let i = from; i < end; i++) {
      prefix = Math.max(prefix, x[i]!)
      out[i] = Math.max(prefix, suffix[i - from + 1]!)
    }
    if (n < from + window) break
    let highest = Number.NEGATIVE_INFINITY
    for (let k = window - 1; k >= 0; k--) {
      highest = Math.max(highest, x[from + k]!)
      suffix[k] = highest
    }
    out[end] = highest
  }
}

/** Lowest of the last `window` values, as `rollingMax`. */
export function rollingMin(x: Float64Array, window: number, out: Float64Array): void {
  const n = x.length
  const suffix = new Float64Array(window).fill(Number.NaN)
  for (let from = 0; from < n; from += window) {
    const end = Math.min(n, from + window - 1)
    let prefix = Number.POSITIVE_INFINITY
    for (let i = from; i < end; i++) {
      prefix = Math.min(prefix, x[i]!)
      out[i] = Math.min(prefix, suffix[i - from + 1]!)
    }
    if (n < from + window) break
    let lowest = Number.POSITIVE_INFINITY
    for (let k = window - 1; k >= 0; k--) {
      lowest = Math.min(lowest, x[from + k]!)
      suffix[k] = lowest
    }
    out[end] = lowest
  }
}

/** Bars since the highest of the last `window` values, the latest of equals. NaN until full and over any NaN. O(n). */
export function barsSinceMax(x: Float64Array, window: number, out: Float64Array): void {
  slideAge(x, window, 1, out)
}

/** Bars since the lowest of the last `window` values, as `barsSinceMax`. */
export function barsSinceMin(x: Float64Array, window: number, out: Float64Array): void {
  slideAge(x, window, -1, out)
}

/** A queue of candidates, each beaten by none after it: its front is the extreme (Lemire 2006). Allocates one ring. */
function slideAge(x: Float64Array, window: number, sign: 1 | -1, out: Float64Array): void {
  const n = x.length
  const ring = new Int32Array(window)
  let front = 0
  let size = 0
  let holes = 0
  for (let i = 0; i < n; i++) {
    const entering = x[i]!
    if (i >= window && Number.isNaN(x[i - window]!)) holes--
    if (size > 0 && ring[front]! <= i - window) {
      front = front + 1 === window ? 0 : front + 1
      size--
    }
    if (Number.isNaN(entering)) holes++
    else {
      let back = front + size - 1
      if (back >= window) back -= window
      while (size > 0 && sign * (x[ring[back]!]! - entering) <= 0) {
        size--
        back = back === 0 ? window - 1 : back - 1
      }
      back = front + size
      if (back >= window) back -= window
      ring[back] = i
      size++
    }
    out[i] = i < window - 1 || holes > 0 ? Number.NaN : i - ring[front]!
  }
}
