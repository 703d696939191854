import { type PositionRules, positionOf, type Threshold } from '#shared/decision/position.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ScoredRows, StrategyConfig } from '#shared/jobs/evaluate-types.ts'

/**
 * Writes the signed size of each row, 0 where it does not trade.
 * @param p directional probability, one per entry of `rows`; NaN never trades
 * @param position one per row of the table
 * @throws INVALID_PARAM for a momentum gate without a momentum column
 */
export function takePositions(
  { momentum, hourEt }: ScoredRows,
  rows: Int32Array,
  p: Float64Array,
  threshold: Threshold,
  config: StrategyConfig,
  position: Float64Array,
): void {
  if (config.momentumGate && momentum === null) {
    throw new SigmaError('INVALID_PARAM', 'the momentum gate needs a momentum column, and there is none')
  }
  const rules: PositionRules = { ...config, ...threshold }
  for (let k = 0; k < rows.length; k++) {
    const i = rows[k]!
    position[i] = positionOf(p[k]!, hourEt[i]!, momentum === null ? Number.NaN : momentum[i]!, rules)
  }
}
