import type { Matrix, MatrixProfile } from '#shared/jobs/matrix-types.ts'

/** Names that one warning lists. */
const LISTED = 10

/** What a reader should know of the features of a CSV before believing a result: which are thin, and which tell nothing. */
export function featureWarnings(
  { features, columns }: Pick<Matrix, 'features' | 'columns'>,
  { qa, nan_stats }: Pick<MatrixProfile, 'qa' | 'nan_stats'>,
): string[] {
  const isThin = new Set([...qa.nan.warn, ...qa.nan.fail])
  const thin = nan_stats
    .filter(({ column }) => isThin.has(column))
    .map(({ column, nan_pct }) => `${column} (${(100 * nan_pct).toFixed(1)} %)`)
  const constant = features.flatMap((name, c) => {
    const first = columns[c]!.find((value) => !Number.isNaN(value))
    const varies = columns[c]!.some((value) => !Number.isNaN(value) && value !== first)
    return varies ? [] : [`${name} (${first ?? 'empty'})`]
  })
  return [
    ...say('features with missing values', thin),
    ...say('features that never change, from which nothing can be learned', constant),
  ]
}

function say(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : ''
  return [`${what}: ${names.slice(0, LISTED).join(', ')}${more}`]
}
