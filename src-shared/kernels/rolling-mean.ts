/** Sum of the last `window` values, exactly 0 over zeros. NaN until full and over any NaN. O(n), allocates nothing. */
export function rollingSum(x: Float64Array, window: number, out: Float64Array): void {
  slide(x, window, 1, out)
}

/** Mean of the last `window` values. NaN until full and over any NaN. O(n), allocates nothing. */
export function rollingMean(x: Float64Array, window: number, out: Float64Array): void {
  slide(x, window, window, out)
}

/**
 * Slides in blocks that each start from a fresh sum, so that rounding cannot pile up. A NaN spoils the sum of its block only;
 * such a block is summed again window by window.
 */
function slide(x: Float64Array, window: number, divisor: number, out: Float64Array): void {
  const n = x.length
  const block = Math.max(64, 4 * window)
  out.fill(Number.NaN, 0, window - 1)
  for (let from = window - 1; from < n; from += block) {
    const end = Math.min(n, from + block)
    let sum = sumOf(x, from - window + 1, from)
    let passed = Math.abs(sum)
    out[from] = sum / divisor
    for (let i = from + 1; i < end; i++) {
      const entering = x[i]!
      sum += entering - x[i - window]!
      passed += Math.abs(entering)
      // What is left of much larger terms is mostly rounding.
      if (Math.abs(sum) < 1e-6 * passed) sum = sumOf(x, i - window + 1, i)
      out[i] = sum / divisor
    }
    if (!Number.isNaN(sum)) continue
    for (let i = from; i < end; i++) out[i] = sumOf(x, i - window + 1, i) / divisor
  }
}

function sumOf(x: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let k = from; k <= to; k++) sum += x[k]!
  return sum
}
