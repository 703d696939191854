import type { InputOf } from '#shared/contract/index.ts'

type Body = InputOf<'importData'>['body']

/** What the wizard holds; empty texts leave the choice to the host. */
export interface ImportForm {
  /** In the workspace; empty while a file of the user's machine is chosen. */
  path: string
  ticker: string
  cadence: Body['cadence']
  source: string
  timeZone: string
  timeFormat: NonNullable<Body['time_format']>
  barTime: NonNullable<Body['bar_time']>
  decimal: '' | '.' | ','
  onDuplicate: NonNullable<Body['on_duplicate']>
  isReplacing: boolean
  mapping: NonNullable<Body['mapping']>
}

export const emptyForm: ImportForm = {
  path: '',
  ticker: '',
  cadence: 'daily',
  source: 'file',
  timeZone: 'America/New_York',
  timeFormat: 'auto',
  barTime: 'open',
  decimal: '',
  onDuplicate: 'skip',
  isReplacing: false,
  mapping: {},
}

/** Fields that a column of the file may fill. */
export const mappedFields = [
  'ts',
  'date',
  'time',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'vwap',
  'ticker',
] as const

/** The request of a dry run or a commit of a file that is in the workspace. */
export function importBody(form: ImportForm, mode: 'dry_run' | 'commit'): Body {
  const mapping = Object.fromEntries(Object.entries(form.mapping).filter(([, column]) => column !== ''))
  return {
    path: form.path.trim(),
    ticker: form.ticker.trim().toUpperCase(),
    cadence: form.cadence,
    mode,
    on_duplicate: form.onDuplicate,
    replace: form.isReplacing,
    source: form.source.trim() === '' ? 'file' : form.source.trim(),
    time_zone: form.timeZone.trim() === '' ? 'America/New_York' : form.timeZone.trim(),
    time_format: form.timeFormat,
    bar_time: form.barTime,
    ...(form.decimal === '' ? {} : { decimal: form.decimal }),
    ...(Object.keys(mapping).length === 0 ? {} : { mapping }),
  }
}

/** The same as the query of a streamed file: the mapping as JSON, the name for the record. */
export function importQuery(form: ImportForm, fileName: string): Record<string, unknown> {
  const { path: _, mapping, ...rest } = importBody(form, 'dry_run')
  return {
    ...rest,
    file_name: fileName.slice(0, 200),
    ...(mapping === undefined ? {} : { mapping: JSON.stringify(mapping) }),
  }
}

/** SPY_daily_2024.csv is SPY, spy-5min.csv is SPY; empty where a name does not begin like a ticker. */
export const tickerOfName = (fileName: string): string =>
  /^([A-Za-z]{1,5})(?=[^A-Za-z]|$)/.exec(fileName)?.[1]?.toUpperCase() ?? ''
