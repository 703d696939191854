/**
 * Where `x` lies between the lowest `low` and the highest `high` of the last `window` values, 0 … 1 (Lane's stochastic, as a
 * fraction); 0.5 where the range is at most `least`. NaN until full and over any value that is not finite. O(n); both extremes go
 * through one pass of blocks, as in `rollingMax`. Allocates two blocks.
 */
export function rangePosition(
  x: Float64Array,
  high: Float64Array,
  low: Float64Array,
  window: number,
  out: Float64Array,
  least = 0,
): void {
  const n = out.length
  const top = new Float64Array(window).fill(Number.NaN)
  const bottom = new Float64Array(window).fill(Number.NaN)
  for (let from = 0; from < n; from += window) {
    const end = Math.min(n, from + window - 1)
    let highest = high[from]!
    let lowest = low[from]!
    for (let i = from; i < end; i++) {
      highest = larger(highest, high[i]!)
      lowest = smaller(lowest, low[i]!)
      const k = i - from + 1
      out[i] = positionIn(smaller(lowest, bottom[k]!), larger(highest, top[k]!), x[i]!, least)
    }
    if (n < from + window) break
    highest = high[end]!
    lowest = low[end]!
    for (let k = window - 1; k >= 0; k--) {
      highest = larger(highest, high[from + k]!)
      lowest = smaller(lowest, low[from + k]!)
      top[k] = highest
      bottom[k] = lowest
    }
    out[end] = positionIn(lowest, highest, x[end]!, least)
  }
}

/**
 * Larger of two finite numbers, NaN where one is not. A truth value as a factor is a choice without a branch: new extremes come
 * when no processor could foresee them.
 */
function larger(a: number, b: number): number {
  const isA = Number(a > b)
  return a * isA + b * (1 - isA)
}

function smaller(a: number, b: number): number {
  const isA = Number(a < b)
  return a * isA + b * (1 - isA)
}

function positionIn(lowest: number, highest: number, x: number, least: number): number {
  const range = highest - lowest
  return range <= least ? 0.5 : (x - lowest) / range
}
