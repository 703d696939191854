import type { ConfigTuple } from '#shared/contract/schemas.ts'
import { formatPercent } from './format.ts'
import { formatHours } from './time.ts'

/** What a configuration acts on: "p ≥ 0.55", "top 15%". */
export function describeRule({ kind, value }: ConfigTuple): string {
  if (kind === 'top_pct') return `top ${formatPercent(Number(value), 0)}`
  const values = value.split(',').map((part) => part.trim())
  return values.length === 1 ? `p ≥ ${values[0]}` : `p ≥ best of ${values.join(', ')}`
}

/** The whole configuration in one line. */
export const describeConfig = (config: ConfigTuple): string =>
  `${describeRule(config)}, ${formatHours(config.allowed_hours)}${config.splits === undefined ? '' : `, ${config.splits} folds`}`
