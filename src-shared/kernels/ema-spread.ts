import { ema, type Seed } from './ema.ts'

/**
 * Two exponential averages to be set against each other. With the `sma` seed both start at the same bar, as TA-Lib does: the faster one is
 * seeded with the last `fast` values of the slower one's first window.
 */
export function emaSpread(
  x: Float64Array,
  fast: number,
  slow: number,
  seed: Seed,
  fastOut: Float64Array,
  slowOut: Float64Array,
): void {
  let first = 0
  while (first < x.length && Number.isNaN(x[first]!)) first++
  const fastFrom = seed === 'sma' ? Math.min(x.length, first + Math.max(0, slow - fast)) : 0
  const slowFrom = seed === 'sma' ? Math.min(x.length, first + Math.max(0, fast - slow)) : 0
  fastOut.fill(Number.NaN, 0, fastFrom)
  slowOut.fill(Number.NaN, 0, slowFrom)
  ema(x.subarray(fastFrom), fast, seed, fastOut.subarray(fastFrom))
  ema(x.subarray(slowFrom), slow, seed, slowOut.subarray(slowFrom))
}

/** Two exponential averages apart in percent of the slower one, each seeded on its own; 0 where that is 0. */
export function percentSpread(
  x: Float64Array,
  fast: number,
  slow: number,
  seed: Seed,
  out: Float64Array,
): void {
  const slowAverage = new Float64Array(x.length)
  ema(x, fast, seed, out)
  ema(x, slow, seed, slowAverage)
  for (let i = 0; i < x.length; i++) {
    const base = slowAverage[i]!
    out[i] = base === 0 ? 0 : (100 * (out[i]! - base)) / base
  }
}

/** Signal line (average of `line`) and histogram (line − signal). */
export function signalAndHistogram(
  line: Float64Array,
  signal: number,
  seed: Seed,
  signalOut: Float64Array,
  histogramOut: Float64Array,
): void {
  ema(line, signal, seed, signalOut)
  for (let i = 0; i < line.length; i++) histogramOut[i] = line[i]! - signalOut[i]!
}
