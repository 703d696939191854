import { type ImportKindId, importKinds } from '#shared/contract/import-kinds.ts'
import type { InputOf } from '#shared/contract/index.ts'

type Body = InputOf<'importData'>['body']

/** What the wizard holds; empty texts leave the choice to the host. */
export interface ImportForm {
  /** In the workspace; empty while a file of the user's machine is chosen. */
  path: string
  kind: ImportKindId
  ticker: string
  cadence: NonNullable<Body['cadence']>
  source: string
  timeZone: string
  timeFormat: NonNullable<Body['time_format']>
  barTime: NonNullable<Body['bar_time']>
  decimal: '' | '.' | ','
  onDuplicate: NonNullable<Body['on_duplicate']>
  isReplacing: boolean
  /** Columns that the user chose; an empty text is none. */
  mapping: NonNullable<Body['mapping']>
}

export const emptyForm: ImportForm = {
  path: '',
  kind: 'bars',
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

interface KindTexts {
  title: string
  /** What its ticker is. */
  ticker: string
  /** Columns that a file of it has. */
  hint: string
}

export const kindTexts: Record<ImportKindId, KindTexts> = {
  bars: {
    title: 'Bars',
    ticker: 'Ticker',
    hint: 'time, open, high, low, close; volume and vwap if there are',
  },
  index: {
    title: 'Volatility index levels',
    ticker: 'Index, if no column says it',
    hint: 'date and vix, vix9d, vix3m or vix6m; or the close of one index',
  },
  option_minutes: {
    title: 'Option minutes',
    ticker: 'Underlying',
    hint: 'time, OCC symbol (or strike, right, expiry), volume; vwap for premiums. Contracts on their last day are taken',
  },
  chain: {
    title: 'Option chain snapshots',
    ticker: 'Underlying',
    hint: 'time of the snapshot, OCC symbol (or strike, right, expiry), bid and ask; volatility and Greeks are computed where there are none',
  },
}

/** Whether a form says enough to check its file. */
export const isReady = ({ kind, ticker }: ImportForm): boolean => kind === 'index' || ticker.trim() !== ''

/** Fields that a column of the file may fill. */
export const mappedFields = ({ kind }: Pick<ImportForm, 'kind'>): readonly (keyof ImportForm['mapping'])[] =>
  importKinds[kind].fields

/** The request of a dry run or a commit of a file that is in the workspace. */
export function importBody(form: ImportForm, mode: 'dry_run' | 'commit'): Body {
  const ticker = form.ticker.trim().toUpperCase()
  return {
    path: form.path.trim(),
    kind: form.kind,
    ...(ticker === '' ? {} : { ticker }),
    ...(form.kind === 'bars' ? { cadence: form.cadence } : {}),
    mode,
    on_duplicate: form.onDuplicate,
    replace: form.isReplacing,
    source: form.source.trim() === '' ? 'file' : form.source.trim(),
    time_zone: form.timeZone.trim() === '' ? 'America/New_York' : form.timeZone.trim(),
    time_format: form.timeFormat,
    bar_time: form.barTime,
    ...(form.decimal === '' ? {} : { decimal: form.decimal }),
    ...(Object.keys(form.mapping).length === 0 ? {} : { mapping: form.mapping }),
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
  /^([A-Za-z]{1,5}|[Vv][Ii][Xx]\d[DdMm])(?=[^A-Za-z0-9]|$)/.exec(fileName)?.[1]?.toUpperCase() ?? ''

/** What a file seems to hold by its name, undefined where it says nothing. */
export function kindOfName(fileName: string): ImportKindId | undefined {
  const name = fileName.toLowerCase()
  if (/^(i_)?(vix|vxv|vxst|vxmt)/.test(name)) return 'index'
  if (/chain|snapshot|quotes/.test(name)) return 'chain'
  return /option/.test(name) ? 'option_minutes' : undefined
}
