import { SigmaError } from '#shared/errors.ts'
import type { ScoredRows, StrategyConfig } from '#shared/jobs/evaluate-types.ts'

/** Least directional probability to act, for every row and by hour where hours have their own. */
export interface Threshold {
  value: number
  byHour: Float64Array | null
}

/**
 * Writes the signed size of each row: long where p reaches the threshold, short where 1 − p does, none where both or neither do.
 * @param p directional probability, one per entry of `rows`; NaN never trades
 * @param position one per row of the table
 * @throws INVALID_PARAM for a momentum gate without a momentum column
 */
export function takePositions(
  { momentum, hourEt }: ScoredRows,
  rows: Int32Array,
  p: Float64Array,
  { value, byHour }: Threshold,
  { sizeByConf, confCap, momentumGate, momentumMin }: StrategyConfig,
  position: Float64Array,
): void {
  if (momentumGate && momentum === null) {
    throw new SigmaError('INVALID_PARAM', 'the momentum gate needs a momentum column, and there is none')
  }
  const gate = momentumGate ? momentum : null
  for (let k = 0; k < rows.length; k++) {
    const i = rows[k]!
    const up = p[k]!
    const hour = hourEt[i]!
    const threshold = byHour !== null && hour >= 0 ? byHour[hour]! : value
    const isLong = up >= threshold && (gate === null || gate[i]! >= momentumMin)
    const isShort = 1 - up >= threshold && (gate === null || gate[i]! <= -momentumMin)
    const isBoth = up >= threshold && 1 - up >= threshold
    const size = sizeByConf ? Math.min(Math.abs(2 * up - 1), confCap) : 1
    position[i] = isBoth ? 0 : isLong ? size : isShort ? -size : 0
  }
}
