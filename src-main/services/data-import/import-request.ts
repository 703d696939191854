import { Check } from 'typebox/value'
import { checkTicker } from '#main/lake/check-series.ts'
import { ColumnMapping, type ImportKindId } from '#shared/contract/import-kinds.ts'
import type { InputOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ImportTarget } from './kinds/define-kind.ts'
import type { TimeFormat } from './read-time.ts'

type Body = InputOf<'importData'>['body']
type QueryOf = InputOf<'importData'>['query']

/** What to import and how to read it, every choice made. */
export interface ImportRequest extends ImportTarget {
  path: string
  fileName: string
  kind: ImportKindId
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
  const kind = body.kind ?? 'bars'
  return {
    path: body.path,
    fileName: body.path.split('/').at(-1)!,
    kind,
    ...targetOf(kind, body),
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

/** Throws INVALID_PARAM for what a kind needs or does not have. */
function targetOf(kind: ImportKindId, { ticker: given, cadence: wanted }: Body): ImportTarget {
  const cadence = wanted ?? null
  const ticker = given?.toUpperCase()
  if (kind === 'bars' && cadence === null)
    throw new SigmaError('INVALID_PARAM', 'cadence of the bars is missing')
  const isDailyIndex = kind === 'index' && cadence === 'daily'
  if (kind !== 'bars' && cadence !== null && !isDailyIndex) {
    throw new SigmaError('INVALID_PARAM', `cadence ${cadence} is of bars, not of an import of ${kind}`)
  }
  if (kind === 'index') return { ticker: ticker ?? '', cadence: null }
  if (ticker === undefined) throw new SigmaError('INVALID_PARAM', `ticker of the ${kind} is missing`)
  checkTicker(ticker)
  return { ticker, cadence }
}

/** The same from the query of a streamed file; its path is not known yet. Throws INVALID_PARAM. */
export function requestOfQuery({ mapping, file_name, ...rest }: QueryOf): ImportRequest {
  const read = mapping === undefined ? {} : readMapping(mapping)
  return requestOf({ ...rest, mapping: read, path: file_name ?? 'upload' })
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
