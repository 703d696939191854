import type { ConfigTuple } from '#shared/contract/schemas.ts'
import { formatPercent } from './format.ts'
import { formatHours } from './time.ts'

/** What a configuration acts on: "p ≥ 0.55", "top 15%". */
export function describeRule({ kind, value }: ConfigTuple): string {
  if (kind === 'top_pct') return `top ${formatPercent(Number(value), 0)}`
  const values = value.split(',').map(formatThreshold)
  return values.length === 1 ? `p ≥ ${values[0]}` : `p ≥ best of ${values.join(', ')}`
}

/** The whole configuration in one line. */
export const describeConfig = (config: ConfigTuple): string =>
  `${describeRule(config)}, ${formatHours(config.allowed_hours)}${config.splits === undefined ? '' : `, ${config.splits} folds`}`

/** Thresholds stand under each other, so they have two decimals at least. */
function formatThreshold(text: string): string {
  const decimals = text.trim().split('.')[1]?.length ?? 0
  return Number(text).toFixed(Math.max(2, decimals))
}
