import type { ColumnMapping } from '#shared/contract/data.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'

export type Field = keyof ColumnMapping

/** Usual names of each field, in small letters and digits alone, best first. */
const aliases: Record<Field, readonly string[]> = {
  ts: [
    'ts',
    'timestamp',
    'datetime',
    'dateandtime',
    'windowstart',
    'epoch',
    'unixtime',
    'unix',
    't',
    'bartime',
  ],
  date: ['date', 'day', 'tradingday', 'tradedate', 'sessiondate'],
  time: ['time', 'timeofday', 'clock'],
  open: ['open', 'o', 'openprice', 'openingprice', 'first'],
  high: ['high', 'h', 'highprice', 'max'],
  low: ['low', 'l', 'lowprice', 'min'],
  close: ['close', 'c', 'closeprice', 'closingprice', 'last', 'closelast', 'price'],
  volume: ['volume', 'v', 'vol', 'qty', 'quantity'],
  vwap: ['vwap', 'vw', 'wap', 'average', 'weightedaverage'],
  ticker: ['ticker', 'symbol', 'sym'],
}
const fields = Object.keys(aliases) as Field[]
const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Field by field the position of its column, −1 where there is none. */
export type Positions = Record<Field, number>

/** The mapping given, completed by usual names. Throws INVALID_PARAM where a column is not there or prices or times have none. */
export function mapColumns(
  columns: string[],
  given: ColumnMapping,
  name: string,
): { mapping: ColumnMapping; at: Positions } {
  const at = Object.fromEntries(fields.map((field) => [field, -1])) as Positions
  for (const field of fields) {
    const column = given[field]
    at[field] = column === undefined ? -1 : requireColumn(columns, column, field, name)
  }
  const isGivenTime = at.ts >= 0 || at.date >= 0 || at.time >= 0
  const taken = new Set(Object.values(at))
  for (const field of fields) {
    const isTime = field === 'ts' || field === 'date' || field === 'time'
    if (at[field] >= 0 || (isTime && isGivenTime)) continue
    const found = aliases[field].map((alias) => columns.findIndex((each) => plain(each) === alias))
    at[field] = found.find((position) => position >= 0 && !taken.has(position)) ?? -1
  }
  // A lone time column holds whole times, and beside one a date says nothing more.
  if (at.ts < 0 && at.date < 0) [at.ts, at.time] = [at.time, -1]
  if (at.ts >= 0) [at.date, at.time] = [-1, -1]
  const lacking = (['open', 'high', 'low', 'close'] as const).filter((field) => at[field] < 0)
  const all = [...(at.ts < 0 && at.date < 0 ? ['ts'] : []), ...lacking]
  if (all.length > 0) {
    const has = columns.slice(0, 30).join(', ')
    throw new SigmaError('INVALID_PARAM', `${name} has no column for ${all.join(', ')}: it has ${has}`, {
      details: { columns: columns.slice(0, 200), missing: all },
    })
  }
  const mapping: ColumnMapping = {}
  for (const field of fields) if (at[field] >= 0) mapping[field] = columns[at[field]]!
  return { mapping, at }
}

function requireColumn(columns: string[], column: string, field: Field, name: string): number {
  const exact = columns.indexOf(column)
  const position =
    exact >= 0 ? exact : columns.findIndex((each) => each.toLowerCase() === column.toLowerCase())
  if (position >= 0) return position
  throw new SigmaError(
    'INVALID_PARAM',
    `mapping.${field}: ${name} has no column ${JSON.stringify(column)}${didYouMean(column, columns)}`,
  )
}
