import type { Seed } from './ema.ts'

/**
 * Relative strength index, 0–100 (Wilder 1978). The first `period` values are NaN; 50 where nothing has moved. A NaN gives
 * NaN in its row and in the next one. O(n), allocates nothing.
 */
export function rsi(x: Float64Array, period: number, seed: Seed, out: Float64Array): void {
  const n = x.length
  const weight = 1 / period
  const keep = 1 - weight
  // Smoothed rise and smoothed size of the changes: their ratio is gain / (gain + loss).
  let rise = 0
  let size = 0
  let seen = 0
  let i = 1
  if (n > 0) out[0] = Number.NaN
  for (; i < n && seen < period; i++) {
    const change = x[i]! - x[i - 1]!
    out[i] = Number.NaN
    if (Number.isNaN(change)) continue
    const share = seed === 'sma' || seen === 0 ? 1 : weight
    const kept = seed === 'sma' || seen === 0 ? 1 : keep
    rise = kept * rise + share * Math.max(0, change)
    size = kept * size + share * Math.abs(change)
    seen++
    if (seen < period) continue
    if (seed === 'sma') {
      rise /= period
      size /= period
    }
    out[i] = size === 0 ? 50 : (100 * rise) / size
  }
  for (; i < n; i++) {
    const change = x[i]! - x[i - 1]!
    if (Number.isNaN(change)) {
      out[i] = Number.NaN
      continue
    }
    const moved = Math.abs(change)
    // (moved + change) / 2 is max(0, change) without a branch that no processor could foresee.
    rise = keep * rise + 0.5 * weight * (moved + change)
    size = keep * size + weight * moved
    out[i] = size === 0 ? 50 : (100 * rise) / size
  }
}
