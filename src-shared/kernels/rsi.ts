import type { Seed } from './ema.ts'

/**
 * Relative strength index, 0–100 (Wilder 1978). The first `period` values are NaN; 50 where nothing has moved. A NaN gives
 * NaN in its row and in the next one.
 */
export function rsi(x: Float64Array, period: number, seed: Seed, out: Float64Array): void {
  const n = x.length
  let gain = 0
  let loss = 0
  let seen = 0
  if (n > 0) out[0] = Number.NaN
  for (let i = 1; i < n; i++) {
    const change = x[i]! - x[i - 1]!
    out[i] = Number.NaN
    if (Number.isNaN(change)) continue
    seen++
    const up = change > 0 ? change : 0
    const down = change < 0 ? -change : 0
    if (seed === 'sma' && seen <= period) {
      gain += up / period
      loss += down / period
    } else if (seen === 1) {
      gain = up
      loss = down
    } else {
      gain += (up - gain) / period
      loss += (down - loss) / period
    }
    if (seen >= period) out[i] = gain + loss === 0 ? 50 : (100 * gain) / (gain + loss)
  }
}
