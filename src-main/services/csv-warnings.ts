import type { Matrix } from '#shared/jobs/matrix-types.ts'

/** A column that misses so many values is thin (engine.md 2). */
const THIN = 0.1
/** Names that one warning lists. */
const LISTED = 10

/** What a reader should know of the features of a CSV before believing a result: which are thin, and which tell nothing. */
export function featureWarnings({
  features,
  columns,
  rows,
}: Pick<Matrix, 'features' | 'columns' | 'rows'>): string[] {
  const thin: string[] = []
  const constant: string[] = []
  for (const [c, name] of features.entries()) {
    const column = columns[c]!
    let missing = 0
    let first = Number.NaN
    let varies = false
    for (const value of column) {
      if (Number.isNaN(value)) missing++
      else if (Number.isNaN(first)) first = value
      else if (value !== first) varies = true
    }
    if (missing >= THIN * rows) thin.push(`${name} (${((100 * missing) / rows).toFixed(1)} %)`)
    if (!varies) constant.push(`${name} (${Number.isNaN(first) ? 'empty' : first})`)
  }
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
