import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { quoteName, quoteText } from '#main/lake/sql-text.ts'
import { temporaryPath } from '#main/workspace/atomic-file.ts'
import { resolveInside } from '#main/workspace/safe-path.ts'
import { type RiskProfile, riskProfiles } from '#shared/contract/schemas.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { isoTime } from './matrix-store.ts'

/** One row of an import as it was given: text from a CSV, numbers and text from JSON. */
export type RawFill = Partial<Record<(typeof columns)[number], string | number | null>>

/** What became of a signal, read and checked. */
export interface Fill {
  /** Line of the CSV, or number of the row from 1. */
  line: number
  ts: string
  model_id: string
  risk_profile: RiskProfile
  ticker: string
  side: 'buy' | 'sell' | null
  entry_ref_px: number | null
  fill_px: number | null
  slippage: number | null
  status: string
  /** undefined leaves what the signal has, null takes it away. */
  rr: number | null | undefined
  pnl: number | null
  tag: string | null | undefined
}

export interface FillProblem {
  line: number
  message: string
}

const columns = [
  ...['ts', 'model_id', 'risk_profile', 'ticker', 'side', 'entry_ref_px', 'fill_px', 'slippage'],
  ...['status', 'rr', 'pnl', 'tag'],
] as const satisfies string[]

const statuses = ['new', 'filled', 'closed', 'canceled', 'timed_out']
const spellings: Record<string, string> = {
  cancelled: 'canceled',
  timeout: 'timed_out',
  timedout: 'timed_out',
}
const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i
const mostRows = 200_000
const mostProblems = 100

interface FillSource {
  rows?: readonly RawFill[] | undefined
  csv?: string | undefined
  text?: string | undefined
}

/** Fills from wherever they are given; lines are those of the file, or numbers of rows from 1. */
export async function readFills(
  context: Pick<ServiceContext, 'duck' | 'root'>,
  { rows, csv, text }: FillSource,
): Promise<Fill[]> {
  if ([rows, csv, text].filter((each) => each !== undefined).length !== 1)
    throw new SigmaError('INVALID_PARAM', 'give one of rows, csv and text')
  if (rows !== undefined) return parseFills(rows, 1)
  if (csv !== undefined) {
    const path = resolveInside(context.root, csv, { parameter: 'csv', mustExist: true })
    return parseFills(await readFillsCsv(context, path, `csv ${csv}`), 2)
  }
  const path = temporaryPath(join(context.root, 'cache', 'fills.csv'))
  await mkdir(dirname(path), { recursive: true })
  try {
    await writeFile(path, text ?? '')
    return parseFills(await readFillsCsv(context, path, 'the text'), 2)
  } finally {
    await rm(path, { force: true })
  }
}

/** Rows of a CSV; columns that mean nothing here are passed over. */
async function readFillsCsv(
  { duck }: Pick<ServiceContext, 'duck'>,
  path: string,
  name: string,
): Promise<RawFill[]> {
  const source = `read_csv(${quoteText(path)}, header = true, all_varchar = true)`
  const read = async (sql: string) => {
    try {
      return await duck.readColumns(sql)
    } catch (cause) {
      const [message] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
      throw new SigmaError('INVALID_PARAM', `${name} cannot be read: ${message?.slice(0, 200)}`, { cause })
    }
  }
  const described = await read(`SELECT column_name FROM (DESCRIBE SELECT * FROM ${source})`)
  const spelled = textsOf(described['column_name'])
  const found = columns.flatMap((name) => {
    const spelling = spelled.find((each) => each.trim().toLowerCase() === name)
    return spelling === undefined ? [] : [{ name, spelling }]
  })
  const missing = ['ts', 'model_id', 'ticker', 'status'].find(
    (name) => !found.some((each) => each.name === name),
  )
  if (missing !== undefined) throw new SigmaError('INVALID_PARAM', `${name} has no column ${missing}`)
  const parts = found.map(
    ({ name, spelling }) => `coalesce(${quoteName(spelling)}, '') AS ${quoteName(name)}`,
  )
  const table = await read(`SELECT ${parts.join(', ')} FROM ${source} LIMIT ${mostRows + 1}`)
  const texts = found.map(({ name }) => ({ name, values: textsOf(table[name]) }))
  const length = texts[0]?.values.length ?? 0
  if (length > mostRows) throw new SigmaError('INVALID_PARAM', `${name} has more than ${mostRows} rows`)
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(texts.map(({ name, values }) => [name, values[row]!])),
  )
}

/** Reads rows as fills. Throws INVALID_PARAM that names the lines which cannot be read: nothing is half imported. */
export function parseFills(rows: readonly RawFill[], firstLine: number): Fill[] {
  const problems: FillProblem[] = []
  const lineOf = new Map<string, number>()
  const fills = rows.flatMap((row, i) => {
    const line = firstLine + i
    try {
      const fill = parseFill(row, line)
      const key = [fill.model_id, fill.risk_profile, fill.ticker, fill.ts].join(' ')
      const before = lineOf.get(key)
      if (before !== undefined) throw new SigmaError('INVALID_PARAM', `the same signal as line ${before}`)
      lineOf.set(key, line)
      return [fill]
    } catch (error) {
      if (!(error instanceof SigmaError)) throw error
      problems.push({ line, message: error.message })
      return []
    }
  })
  requireNone(problems)
  return fills
}

/** Throws INVALID_PARAM with every problem, the first in the message. */
export function requireNone(problems: readonly FillProblem[]): void {
  const [first] = problems
  if (first === undefined) return
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  throw new SigmaError('INVALID_PARAM', `line ${first.line}: ${first.message}${more}; nothing was imported`, {
    details: { problems: problems.slice(0, mostProblems) },
  })
}

function parseFill(row: RawFill, line: number): Fill {
  const fill: Fill = {
    line,
    ts: timeOf(row.ts),
    model_id: textOf(row.model_id, 'model_id'),
    risk_profile: profileOf(row.risk_profile),
    ticker: textOf(row.ticker, 'ticker').toUpperCase(),
    side: sideOf(row.side),
    entry_ref_px: numberOf(row.entry_ref_px, 'entry_ref_px'),
    fill_px: numberOf(row.fill_px, 'fill_px'),
    slippage: numberOf(row.slippage, 'slippage'),
    status: statusOf(row.status),
    rr: isLeftOut(row.rr) ? undefined : numberOf(row.rr, 'rr'),
    pnl: numberOf(row.pnl, 'pnl'),
    tag: isLeftOut(row.tag) ? undefined : (row.tag && String(row.tag).trim().slice(0, 100)) || null,
  }
  const isFilled = fill.status === 'filled' || fill.status === 'closed'
  if (fill.fill_px !== null && !(fill.fill_px > 0)) refuse(`fill_px ${fill.fill_px} is no price`)
  if (fill.pnl !== null && Math.abs(fill.pnl) > 1) {
    refuse(`pnl ${fill.pnl} is not a fraction of capital, such as 0.004 for 0.4 %`)
  }
  if (fill.pnl !== null && !isFilled) refuse(`pnl ${fill.pnl} of a trade that is ${fill.status}`)
  return fill
}

function refuse(message: string): never {
  throw new SigmaError('INVALID_PARAM', message)
}

const isMissing = (value: unknown) => value === undefined || value === null || String(value).trim() === ''

/** Nothing said: an empty cell too, while null in JSON is an answer. */
const isLeftOut = (value: unknown) => value !== null && isMissing(value)

function textOf(value: string | number | null | undefined, name: string): string {
  return isMissing(value) ? refuse(`${name} is missing`) : String(value).trim()
}

function numberOf(value: string | number | null | undefined, name: string): number | null {
  if (isMissing(value)) return null
  const number = Number(value)
  return Number.isFinite(number) ? number : refuse(`${name} ${JSON.stringify(value)} is not a number`)
}

/** A time without a zone could be anybody's: it is refused. */
function timeOf(value: string | number | null | undefined): string {
  const text = textOf(value, 'ts')
  const ms = /^\d{12,14}$/.test(text) ? Number(text) : hasZone.test(text) ? Date.parse(text) : Number.NaN
  const isTime = Number.isFinite(ms) && Math.abs(ms) < 8.64e15
  return isTime ? isoTime(ms) : refuse(`ts ${JSON.stringify(text)} is not an ISO 8601 time with its zone`)
}

function statusOf(value: string | number | null | undefined): string {
  const text = textOf(value, 'status').toLowerCase().replaceAll(/[ -]/g, '_')
  const status = spellings[text] ?? text
  return statuses.includes(status) ? status : refuse(`status ${text} is not one of ${statuses.join(', ')}`)
}

function profileOf(value: string | number | null | undefined): RiskProfile {
  if (isMissing(value)) return 'balanced'
  const found = riskProfiles.find((each) => each === String(value).trim().toLowerCase())
  return found ?? refuse(`risk_profile ${String(value)} is not one of ${riskProfiles.join(', ')}`)
}

function sideOf(value: string | number | null | undefined): 'buy' | 'sell' | null {
  if (isMissing(value)) return null
  const side = String(value).trim().toLowerCase()
  return side === 'buy' || side === 'sell' ? side : refuse(`side ${side} is not buy or sell`)
}

function textsOf(column: unknown): string[] {
  const { codes, dictionary } = column as { codes: Uint32Array; dictionary: string[] }
  return Array.from(codes, (code) => dictionary[code]!)
}
