import type { Columns } from '#main/lake/columns.ts'
import type { Duck } from '#main/lake/duck.ts'
import { hourEnd } from '#main/lake/session-hours.ts'
import { quoteName, quoteText } from '#main/lake/sql-text.ts'
import { sessionClose, sessionOfDate } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import { openSource } from './data-import/open-source.ts'

const numeric =
  /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN)$/

/** A CSV by its columns. */
export interface CsvFile {
  path: string
  uri: string
  /** In the file's order; names with a meaning in lower case, however the file spells them. */
  names: string[]
  spelling: Map<string, string>
  isNumeric: Map<string, boolean>
  /** Columns of dates without a time. */
  isDate: Map<string, boolean>
}

/** Names and types of a CSV of the workspace. Throws INVALID_PARAM for what is no CSV. */
export async function describeFile(
  { duck, root }: { duck: Duck; root: string },
  uri: string,
): Promise<CsvFile> {
  const { path, format } = await openSource(root, uri, 'csv')
  if (format === 'parquet') throw new SigmaError('INVALID_PARAM', `csv ${uri} is Parquet: save it as CSV`)
  let described: Columns
  try {
    described = await duck.readColumns(
      `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${sourceOf(path)})`,
    )
  } catch (cause) {
    throw new SigmaError('INVALID_PARAM', `csv ${uri} cannot be read: ${firstLine(cause)}`, { cause })
  }
  const spelled = textsOf(described, 'column_name')
  const types = textsOf(described, 'column_type')
  const names = spelled.map((name) => (hasMeaning.test(name) ? name.toLowerCase() : name))
  return {
    ...{ path, uri, names },
    spelling: new Map(names.map((name, i) => [name, spelled[i]!])),
    isNumeric: new Map(names.map((name, i) => [name, numeric.test(types[i]!)])),
    isDate: new Map(names.map((name, i) => [name, types[i] === 'DATE'])),
  }
}

/** Names that mean something to the product, or that it needs for itself. */
const hasMeaning =
  /^(ts|t1|date|hour_et|open|high|low|close|volume|y|y_syn|ret_fwd|ret_next_hour|ret_fwd_.*|session|bar|exit_bar)$/i

const sourceOf = (path: string) => `read_csv(${quoteText(path)}, header = true, sample_size = -1)`

/** Every column, times as epoch ms. Throws INVALID_PARAM for an infinite number. */
export async function readAll({ duck }: { duck: Duck }, file: CsvFile): Promise<Columns> {
  const parts = file.names.map((name) => {
    const column = quoteName(file.spelling.get(name)!)
    const as = `AS ${quoteName(name)}`
    if (file.isNumeric.get(name)) return `${column}::DOUBLE ${as}`
    // −1 marks a text that is no time; an empty cell is NaN.
    if (name === 'ts' || name === 't1')
      return `CASE WHEN ${column} IS NULL OR ${column}::VARCHAR = '' THEN NULL
       ELSE coalesce(epoch_ms(try_cast(${column} AS TIMESTAMP))::DOUBLE, -1) END ${as}`
    return `coalesce(${column}::VARCHAR, '') ${as}`
  })
  const columns = await duck.readColumns(`SELECT ${parts.join(', ')} FROM ${sourceOf(file.path)}`)
  requireFinite(columns, file.uri)
  return columns
}

/** Decision times: `ts` (ISO, epoch ms, or a date for its close), else `date` with `hour_et`, else the close of `date`. */
export function readTimes(columns: Columns, file: CsvFile): Float64Array {
  const { uri } = file
  if (columns['ts'] && !('kind' in columns['ts'])) return instantsOf(columns['ts'], 'ts', file)
  const date = columns['date']
  if (!date || !('kind' in date))
    throw new SigmaError('INVALID_PARAM', `csv ${uri} has neither a column ts nor a column date of dates`)
  const hour = columns['hour_et']
  return Float64Array.from(date.codes, (code, row) => {
    const text = date.dictionary[code]!.slice(0, 10)
    const session = sessionOfDate(text)
    if (session < 0)
      throw new SigmaError('INVALID_PARAM', `csv ${uri} line ${row + 2}: ${text} is not an NYSE session`)
    if (!hour || 'kind' in hour) return sessionClose[session]!
    return Math.min(hourEnd(session, hour[row]!), sessionClose[session]!)
  })
}

/** A column of times; a date alone is the close of its session, when what it says is known. */
export function instantsOf(values: ArrayLike<number>, name: string, { uri, isDate }: CsvFile): Float64Array {
  return Float64Array.from(values, (value, row) => {
    if (value === -1)
      throw new SigmaError('INVALID_PARAM', `csv ${uri} line ${row + 2}: ${name} is not a time`)
    if (!isDate.get(name) || Number.isNaN(value)) return value
    const text = new Date(value).toISOString().slice(0, 10)
    const session = sessionOfDate(text)
    if (session >= 0) return sessionClose[session]!
    throw new SigmaError(
      'INVALID_PARAM',
      `csv ${uri} line ${row + 2}: ${name} ${text} is not an NYSE session`,
    )
  })
}

/** NaN is a missing value; infinity is a division that went wrong somewhere. */
function requireFinite(columns: Columns, uri: string): void {
  for (const [name, column] of Object.entries(columns)) {
    if ('kind' in column) continue
    const row = column.findIndex((value) => value === Infinity || value === -Infinity)
    if (row >= 0) throw new SigmaError('INVALID_PARAM', `csv ${uri} line ${row + 2}: ${name} is infinite`)
  }
}

/** Rows must be in time order, one a time. Throws INVALID_PARAM naming the line. */
export function requireOrder(ts: Float64Array, uri: string): void {
  for (let row = 0; row < ts.length; row++) {
    if (Number.isNaN(ts[row]!))
      throw new SigmaError('INVALID_PARAM', `csv ${uri} line ${row + 2} has no readable time`)
    if (row > 0 && ts[row]! <= ts[row - 1]!) {
      const fault =
        ts[row] === ts[row - 1] ? 'repeats the time of the line before' : 'is earlier than the line before'
      throw new SigmaError(
        'INVALID_PARAM',
        `csv ${uri} line ${row + 2} (${new Date(ts[row]!).toISOString()}) ${fault}: rows must be in time order, one a time`,
      )
    }
  }
}

function textsOf(columns: Columns, name: string): string[] {
  const column = columns[name]
  if (!column || !('kind' in column)) throw new Error(`expected the text column ${name}`)
  return Array.from(column.codes, (code) => column.dictionary[code]!)
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!.slice(0, 200)
}
