import { type ColumnMapping, type ImportField, importKinds } from '#shared/contract/import-kinds.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import type { ImportKind, ImportTarget } from './kinds/define-kind.ts'
import type { Positions } from './line-reader.ts'

/** Usual names of what every kind has, in small letters and digits alone, best first. */
const commonAliases: Partial<Record<ImportField, readonly string[]>> = {
  ts: [
    ...['ts', 'timestamp', 'datetime', 'dateandtime', 'windowstart', 'epoch', 'unixtime', 'unix', 't'],
    ...['bartime', 'minute'],
  ],
  date: ['date', 'day', 'tradingday', 'tradedate', 'sessiondate', 'observationdate', 'quotedate'],
  time: ['time', 'timeofday', 'clock'],
  ticker: ['ticker', 'symbol', 'sym'],
}
const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The mapping given, completed by usual names. Throws INVALID_PARAM where a column is not there or a needed field has none. */
export function mapColumns(
  columns: string[],
  given: ColumnMapping,
  name: string,
  kind: ImportKind,
  target: ImportTarget,
): { mapping: ColumnMapping; at: Positions } {
  const fields: readonly ImportField[] = importKinds[kind.id].fields
  const every = Object.values(importKinds).flatMap((each): readonly ImportField[] => each.fields)
  const at = Object.fromEntries(every.map((field) => [field, -1])) as Positions
  for (const [field, column] of Object.entries(given) as [ImportField, string][]) {
    if (!fields.includes(field)) {
      throw new SigmaError(
        'INVALID_PARAM',
        `mapping.${field} is none of an import of ${kind.id}${didYouMean(field, fields)}`,
      )
    }
    if (column !== '') at[field] = requireColumn(columns, column, field, name)
  }
  const isGivenTime = at.ts >= 0 || at.date >= 0 || at.time >= 0
  const taken = new Set(Object.values(at))
  for (const field of fields) {
    const isTime = field === 'ts' || field === 'date' || field === 'time'
    if (given[field] !== undefined || (isTime && isGivenTime)) continue
    const aliases = kind.aliases[field] ?? commonAliases[field] ?? []
    const found = aliases.map((alias) => columns.findIndex((each) => plain(each) === alias))
    at[field] = found.find((position) => position >= 0 && !taken.has(position)) ?? -1
  }
  // A lone time column holds whole times, and beside one a date says nothing more.
  if (at.ts < 0 && at.date < 0) [at.ts, at.time] = [at.time, -1]
  if (at.ts >= 0) [at.date, at.time] = [-1, -1]
  const lacking = [...(at.ts < 0 && at.date < 0 ? ['ts'] : []), ...kind.lacking(at, target)]
  if (lacking.length > 0) {
    const has = columns.slice(0, 30).join(', ')
    throw new SigmaError('INVALID_PARAM', `${name} has no column for ${lacking.join(', ')}: it has ${has}`, {
      details: { columns: columns.slice(0, 200), missing: lacking },
    })
  }
  const mapping: ColumnMapping = {}
  for (const field of fields) if (at[field] >= 0) mapping[field] = columns[at[field]]!
  return { mapping, at }
}

function requireColumn(columns: string[], column: string, field: ImportField, name: string): number {
  const exact = columns.indexOf(column)
  const position =
    exact >= 0 ? exact : columns.findIndex((each) => each.toLowerCase() === column.toLowerCase())
  if (position >= 0) return position
  throw new SigmaError(
    'INVALID_PARAM',
    `mapping.${field}: ${name} has no column ${JSON.stringify(column)}${didYouMean(column, columns)}`,
  )
}
