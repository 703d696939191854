import { Check } from 'typebox/value'
import { checkTicker } from '#main/lake/check-series.ts'
import { ColumnMapping } from '#shared/contract/data.ts'
import type { InputOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ImportCadence } from './bar-grid.ts'
import type { TimeFormat } from './read-time.ts'

type Body = InputOf<'importData'>['body']
type QueryOf = InputOf<'importData'>['query']

/** What to import and how to read it, every choice made. */
export interface ImportRequest {
  path: string
  fileName: string
  ticker: string
  cadence: ImportCadence
  mode: 'dry_run' | 'commit'
  source: string
  overwrites: boolean
  replaces: boolean
  mapping: ColumnMapping
  timeZone: string
  timeFormat: TimeFormat
  barTime: 'open' | 'close'
  decimal: '.' | ',' | null
}

export function requestOf(body: Body): ImportRequest {
  const ticker = body.ticker.toUpperCase()
  checkTicker(ticker)
  return {
    path: body.path,
    fileName: body.path.split('/').at(-1)!,
    ticker,
    cadence: body.cadence,
    mode: body.mode ?? 'dry_run',
    source: `import:${body.source ?? 'file'}`,
    overwrites: body.on_duplicate === 'replace',
    replaces: body.replace ?? false,
    mapping: body.mapping ?? {},
    timeZone: body.time_zone ?? 'America/New_York',
    timeFormat: body.time_format ?? 'auto',
    barTime: body.bar_time ?? 'open',
    decimal: body.decimal ?? null,
  }
}

/** The same from the query of a streamed file; its path is not known yet. Throws INVALID_PARAM. */
export function requestOfQuery({ mapping, file_name, ticker, cadence, ...rest }: QueryOf): ImportRequest {
  if (ticker === undefined) throw new SigmaError('INVALID_PARAM', 'ticker is missing from the query')
  if (cadence === undefined) throw new SigmaError('INVALID_PARAM', 'cadence is missing from the query')
  const read = mapping === undefined ? {} : readMapping(mapping)
  return { ...requestOf({ ...rest, ticker, cadence, mapping: read, path: file_name ?? 'upload' }) }
}

function readMapping(text: string): ColumnMapping {
  try {
    const value: unknown = JSON.parse(text)
    if (Check(ColumnMapping, value)) return value
  } catch {
    // Said below.
  }
  throw new SigmaError(
    'INVALID_PARAM',
    `mapping must be JSON such as {"ts":"Time","open":"O"}, got ${text.slice(0, 80)}`,
  )
}
