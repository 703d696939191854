import type { IndicatorInput } from '../define.ts'
import { monthAtmIv } from './implied-volatility.ts'
import { measureRows, measureSessions } from './measure-snapshots.ts'
import { ownSnapshots } from './row-snapshots.ts'

/** Scores the newest of `count` volatilities, which is `values[count − 1]`; earlier ones come first. */
type HistoryScore = (values: Float64Array, count: number) => number

/**
 * Scores each row's 30-day at-the-money volatility against the last snapshots of the sessions before. The window counts
 * sessions, the row's own included; ones without a volatility leave a gap. NaN until `minimum` values are there.
 */
export function scoreIvHistory(
  input: IndicatorInput,
  window: number,
  minimum: number,
  score: HistoryScore,
  out: Float64Array,
): void {
  const chain = input.chain!
  const closing = measureSessions(chain, monthAtmIv)
  const values = new Float64Array(window)
  measureRows(chain, ownSnapshots(input), monthAtmIv, out)
  for (let i = 0; i < input.rows; i++) {
    if (Number.isNaN(out[i]!)) continue
    const own = input.session[i]! - chain.session[0]!
    let count = 0
    for (let k = Math.max(0, own - window + 1); k < own; k++) {
      if (!Number.isNaN(closing[k]!)) values[count++] = closing[k]!
    }
    values[count++] = out[i]!
    out[i] = count >= minimum ? score(values, count) : Number.NaN
  }
}
