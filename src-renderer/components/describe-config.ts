import type { ConfigTuple } from '#shared/contract/schemas.ts'
import { formatPercent } from './format.ts'
import { formatHours } from './time.ts'

/** What a configuration acts on: "p ≥ 0.55", "top 15%". */
export function describeRule({ kind, value }: ConfigTuple): string {
  if (kind === 'top_pct') return `top ${formatPercent(Number(value), decimalsOf(Number(value) * 100))}`
  const values = value.split(',').map(formatThreshold)
  return values.length === 1 ? `p ≥ ${values[0]}` : `p ≥ best of ${values.join(', ')}`
}

/** The whole configuration in one line. */
export const describeConfig = (config: ConfigTuple): string =>
  `${describeRule(config)}, ${formatHours(config.allowed_hours)}${config.splits === undefined ? '' : `, ${config.splits} folds`}`

/** Thresholds stand under each other, so they have two decimals at least. */
const formatThreshold = (text: string): string => Number(text).toFixed(Math.max(2, decimalsOf(Number(text))))

/** As many decimals as a number needs, so that two that differ never read the same. */
const decimalsOf = (value: number): number => String(Number(value.toFixed(4))).split('.')[1]?.length ?? 0
