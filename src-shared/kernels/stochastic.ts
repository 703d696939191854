/**
 * Where `x` lies between the lowest `low` and the highest `high` of the last `window` values, 0 … 1 (Lane's stochastic, as a
 * fraction); 0.5 where the range is at most `least`. NaN until full and over any NaN. O(n); both extremes go through one pass of
 * blocks, as in `rollingMax`. Allocates two blocks.
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
    let highest = Number.NEGATIVE_INFINITY
    let lowest = Number.POSITIVE_INFINITY
    for (let i = from; i < end; i++) {
      highest = Math.max(highest, high[i]!)
      lowest = Math.min(lowest, low[i]!)
      const k = i - from + 1
      out[i] = positionIn(Math.min(lowest, bottom[k]!), Math.max(highest, top[k]!), x[i]!, least)
    }
    if (n < from + window) break
    highest = Number.NEGATIVE_INFINITY
    lowest = Number.POSITIVE_INFINITY
    for (let k = window - 1; k >= 0; k--) {
      highest = Math.max(highest, high[from + k]!)
      lowest = Math.min(lowest, low[from + k]!)
      top[k] = highest
      bottom[k] = lowest
    }
    out[end] = positionIn(lowest, highest, x[end]!, least)
  }
}

function positionIn(lowest: number, highest: number, x: number, least: number): number {
  const range = highest - lowest
  return range <= least ? 0.5 : (x - lowest) / range
}
