import { type Static, type TOptional, type TSchema, Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { ColumnMapping, importKindIds } from './import-kinds.ts'
import { IdParam, limitOf, Nullable, offset, StringOrNull, Ticker, Timestamp } from './schemas.ts'

const choice = <const T extends string>(values: readonly T[], fallback?: T, description?: string) =>
  Type.Unsafe<T>({
    type: 'string',
    enum: [...values],
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(description === undefined ? {} : { description }),
  })

const importFields = {
  kind: Type.Optional(
    choice(
      importKindIds,
      'bars',
      'bars; index: daily levels of VIX, VIX9D, VIX3M, VIX6M; option_minutes: minutes of contracts on their last day; chain: snapshots of quotes',
    ),
  ),
  ticker: Type.Optional({
    ...Ticker,
    description:
      'Whose bars, or the underlying of options; of an index the one whose level the column close holds, where no column says it',
  }),
  cadence: Type.Optional(choice(['5m', 'hourly', 'daily'], undefined, 'Of bars, which need it')),
  mode: Type.Optional(choice(['dry_run', 'commit'], 'dry_run', 'dry_run only reports')),
  on_duplicate: Type.Optional(
    choice(['skip', 'replace'], 'skip', 'Rows that are there already with other values: leave or overwrite'),
  ),
  replace: Type.Optional(
    Type.Boolean({ default: false, description: 'Take the place of a series from another source' }),
  ),
  source: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$',
      default: 'file',
      description: 'Name of the origin; the series is shown as import:<name>',
    }),
  ),
  time_zone: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 60,
      default: 'America/New_York',
      description: 'IANA zone of times without an offset',
    }),
  ),
  time_format: Type.Optional(choice(['auto', 'iso', 'epoch_s', 'epoch_ms', 'mdy', 'dmy'], 'auto')),
  bar_time: Type.Optional(
    choice(['open', 'close'], 'open', 'Whether a time is the beginning or the end of its bar or minute'),
  ),
  decimal: Type.Optional(choice(['.', ','], undefined, 'Decimal sign; found from the file where left out')),
}

/** A query is not filled with defaults: then it shows whether anything was given beside a JSON body. */
const queryFields = Object.fromEntries(
  Object.entries<TSchema & { default?: unknown }>(importFields).map(([name, { default: _, ...schema }]) => [
    name,
    Type.Optional(schema),
  ]),
) as unknown as { [K in keyof typeof importFields]: TOptional<(typeof importFields)[K]> }

const Problem = Type.Object({ line: Type.Integer(), reason: Type.String() })

export const ImportReport = Type.Object({
  mode: Type.String(),
  kind: Type.String(),
  ticker: Type.String({ description: 'Of the series; levels of all indices are the series VIX' }),
  cadence: StringOrNull,
  unit: Type.String({ description: 'What a row of the series is: bar, level, minute, quote' }),
  source: Type.String(),
  file: Type.Object({
    path: Type.String({
      description: 'Path in the workspace: give it to commit without sending the file again',
    }),
    bytes: Type.Integer(),
    sha: Type.String(),
    format: Type.String({ description: 'csv or parquet' }),
  }),
  columns: Type.Array(Type.String()),
  mapping: ColumnMapping,
  separator: Type.String(),
  decimal: Type.String(),
  time_zone: Type.String(),
  time_format: Type.String(),
  bar_time: Type.String(),
  rows: Type.Integer(),
  good: Type.Integer({ description: 'Distinct bars, levels, minutes or quotes of regular sessions' }),
  bad: Type.Integer(),
  bad_rows: Type.Array(Problem, { description: 'The first 100' }),
  outside_session: Type.Integer({ description: 'Rows outside regular hours: left out' }),
  other_tickers: Type.Integer({ description: 'Rows of other tickers, where the file has a ticker column' }),
  other_expiries: Type.Integer({
    description: 'Minutes of contracts that expire on a later day: left out',
  }),
  incomplete: Type.Object(
    {
      rows: Type.Integer(),
      sessions: Type.Integer(),
      dates: Type.Array(Type.String(), { description: 'The first 100' }),
    },
    {
      description: 'Sessions of option minutes left out whole: with a bad row their sums would be too small',
    },
  ),
  duplicates: Type.Object({
    in_file: Type.Integer({ description: 'Rows that repeat an earlier one' }),
    in_file_differing: Type.Integer({ description: 'Rows of the same time with other values' }),
    in_file_rows: Type.Array(Problem, { description: 'The first 100 of those' }),
    in_lake: Type.Integer({ description: 'Rows that the lake has with the same values' }),
    in_lake_differing: Type.Integer({ description: 'Rows that the lake has with other values' }),
  }),
  gaps: Type.Object({
    missing_sessions: Type.Integer(),
    sessions: Type.Array(Type.String(), { description: 'Dates without a row, the first 100' }),
    missing_bars: Type.Integer({
      description:
        'In sessions that have others: bars; levels; clock hours without a minute; clock hours without a snapshot that most sessions have',
    }),
    bars: Type.Array(
      Type.Object({ date: Type.String(), missing: Type.Integer(), expected: Type.Integer() }),
      { description: 'The first 100 sessions' },
    ),
  }),
  jumps: Type.Array(
    Type.Object({
      date: Type.String(),
      line: Type.Integer(),
      previous_close: Type.Number(),
      price: Type.Number(),
      ratio: Type.Number(),
      near: Type.String(),
    }),
    {
      description:
        'Steps from one session to the next that look like unadjusted splits, or levels that more than double or halve; the first 100',
    },
  ),
  problems: Type.Array(Type.String(), { description: 'Why the file cannot be committed' }),
  warnings: Type.Array(Type.String()),
  first: StringOrNull,
  last: StringOrNull,
  added: Type.Integer({ description: 'Rows of the series added, or that a commit would add' }),
  replaced: Type.Integer(),
  dropped: Type.Integer({ description: 'Rows of the series from another source that it takes the place of' }),
})
export type ImportReport = Static<typeof ImportReport>

export const ImportRow = Type.Object({
  id: Type.String(),
  file_name: Type.String(),
  sha: Type.String(),
  kind: Type.String(),
  ticker: Type.String(),
  cadence: StringOrNull,
  source: Type.String(),
  status: choice(['writing', 'committed', 'failed', 'undone'] as const),
  rows: Type.Integer(),
  bad: Type.Integer(),
  added: Type.Integer(),
  replaced: Type.Integer(),
  dropped: Type.Integer(),
  first: StringOrNull,
  last: StringOrNull,
  job_id: Type.String(),
  created_at: Timestamp,
  undone_at: Nullable(Timestamp),
})
export type ImportRow = Static<typeof ImportRow>

export const data = {
  importData: defineEndpoint({
    method: 'POST',
    path: '/data/import',
    tag: 'Data',
    summary:
      'Check a CSV or Parquet file of bars, index levels, option minutes or chains, and take it into the lake',
    description:
      'Names a file of the workspace in a JSON body, or streams the file itself as text/csv or application/octet-stream (Parquet) ' +
      'with the other fields in the query. Nothing is stored unless mode is commit; a commit can be undone.',
    example: {
      body: {
        ticker: 'MSFT',
        cadence: 'daily',
        path: 'imports/msft.csv',
        mode: 'dry_run',
        time_zone: 'America/New_York',
      },
    },
    query: Type.Object(
      {
        ...queryFields,
        mapping: Type.Optional(
          Type.String({ maxLength: 4000, description: 'As JSON: {"ts":"Time","open":"O"}' }),
        ),
        file_name: Type.Optional(
          Type.String({ minLength: 1, maxLength: 200, description: 'Name for the record' }),
        ),
      },
      { additionalProperties: false },
    ),
    body: Type.Object(
      {
        ...importFields,
        path: Type.String({ minLength: 1, maxLength: 500, description: 'File in the workspace' }),
        mapping: Type.Optional(ColumnMapping),
      },
      { additionalProperties: false },
    ),
    uploads: ['text/csv', 'application/octet-stream'],
    reply: Type.Object({
      job_id: Type.String(),
      import_id: StringOrNull,
      report: ImportReport,
    }),
  }),
  listImports: defineEndpoint({
    method: 'GET',
    path: '/data/imports',
    tag: 'Data',
    summary: 'Files taken into the lake, newest first',
    description: 'Those that were undone or failed too, each with the report of its rows.',
    example: { query: { limit: 10 } },
    query: Type.Object({ limit: limitOf(50), offset }, { additionalProperties: false }),
    reply: Type.Object({ rows: Type.Array(ImportRow), total: Type.Integer() }),
  }),
  undoImport: defineEndpoint({
    method: 'POST',
    path: '/data/imports/:id/undo',
    tag: 'Data',
    summary: 'Take the rows of an import out again and put back what it replaced',
    description:
      'Row by row from what the import wrote down before it changed anything. CONFLICT where a later import or sync has changed the same rows.',
    example: { params: { id: '1' } },
    params: Type.Object({ id: IdParam }),
    reply: Type.Object({ import: ImportRow, removed: Type.Integer(), restored: Type.Integer() }),
  }),
}
