import { rollingMax, rollingMin } from './rolling-extremes.ts'

/**
 * Where `x` lies between the lowest `low` and the highest `high` of the last `window` values, 0 … 1 (Lane's stochastic, as a
 * fraction); 0.5 where the range is at most `least`.
 */
export function rangePosition(
  x: Float64Array,
  high: Float64Array,
  low: Float64Array,
  window: number,
  out: Float64Array,
  least = 0,
): void {
  const top = new Float64Array(out.length)
  rollingMax(high, window, top)
  rollingMin(low, window, out)
  for (let i = 0; i < out.length; i++) {
    const bottom = out[i]!
    const range = top[i]! - bottom
    out[i] = range <= least ? 0.5 : (x[i]! - bottom) / range
  }
}
