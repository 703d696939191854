/** Highest of the last `window` values. NaN until full and over any NaN. O(n); allocates one ring of `window` indices. */
export function rollingMax(x: Float64Array, window: number, out: Float64Array): void {
  slideExtreme(x, window, 1, false, out)
}

/** Lowest of the last `window` values, as `rollingMax`. */
export function rollingMin(x: Float64Array, window: number, out: Float64Array): void {
  slideExtreme(x, window, -1, false, out)
}

/** Bars since the highest of the last `window` values, the latest of equals. NaN until full and over any NaN. */
export function barsSinceMax(x: Float64Array, window: number, out: Float64Array): void {
  slideExtreme(x, window, 1, true, out)
}

/** Bars since the lowest of the last `window` values, the latest of equals. */
export function barsSinceMin(x: Float64Array, window: number, out: Float64Array): void {
  slideExtreme(x, window, -1, true, out)
}

/** A queue of candidates, each beaten by none after it: its front is the extreme (Lemire 2006). */
function slideExtreme(
  x: Float64Array,
  window: number,
  sign: 1 | -1,
  wantsAge: boolean,
  out: Float64Array,
): void {
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
    if (i < window - 1 || holes > 0) out[i] = Number.NaN
    else out[i] = wantsAge ? i - ring[front]! : x[ring[front]!]!
  }
}
