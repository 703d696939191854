import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import {
  HoursList,
  IsoDate,
  Json,
  ModelId,
  Nullable,
  NumberOrNull,
  PackId,
  Sha,
  Ticker,
  Timestamp,
} from './schemas.ts'

const NanStat = Type.Object({
  column: Type.String(),
  nan_pct: Type.Number({ description: 'Share of missing values, a fraction' }),
})

export const Qa = Type.Object({
  monotonic_time: Type.Object({ ok: Type.Boolean(), violations: Type.Integer() }),
  non_negative_vol: Type.Object({ ok: Type.Boolean(), neg_pct: Type.Number(), checked: Type.Integer() }),
  session_alignment: Type.Object({ ok: Type.Boolean(), off_pct: Type.Number() }),
  iv_sanity: Type.Object({ ok: Type.Boolean(), out_of_range_pct: Type.Number(), checked: Type.Integer() }),
  nan: Type.Object({ warn: Type.Array(Type.String()), fail: Type.Array(Type.String()) }),
})

export const LeakageFlag = Type.Object({
  column: Type.String(),
  level: Type.Union([Type.Literal('red'), Type.Literal('yellow')]),
  check: Type.String(),
  reason: Type.String(),
  value: NumberOrNull,
})

/** What a matrix is made of and what was found in it. */
export const MatrixProfile = Type.Object({
  rows: Type.Integer(),
  features: Type.Integer(),
  label_balance: Type.Record(Type.String(), Type.Integer()),
  nan_pct: Type.Number(),
  nan_stats: Type.Array(NanStat),
  qa: Qa,
  coverage_by_hour: Type.Array(
    Type.Object({ hour: Type.Integer(), rows: Type.Integer(), labelled: Type.Integer() }),
  ),
  coverage_by_day: Type.Array(Type.Object({ date: Type.String(), rows: Type.Integer() })),
  correlation: Type.Object({
    columns: Type.Array(Type.String()),
    values: Type.Array(Type.Array(NumberOrNull)),
  }),
  missing_map: Type.Object({
    bins: Type.Array(Type.String()),
    columns: Type.Array(Type.String()),
    share: Type.Array(Type.Array(Type.Number())),
  }),
  drift_summary: Type.Object({
    target: Type.Object({
      mean_head: NumberOrNull,
      mean_tail: NumberOrNull,
      std_head: NumberOrNull,
      std_tail: NumberOrNull,
    }),
    columns: Type.Array(
      Type.Object({ column: Type.String(), psi: NumberOrNull, mean_shift_in_std: NumberOrNull }),
    ),
    rolling: Type.Array(
      Type.Object({ date: Type.String(), target_mean: NumberOrNull, target_std: NumberOrNull }),
    ),
  }),
  leakage_flags: Type.Array(LeakageFlag),
})

export const MatrixMeta = Type.Object({
  matrix_sha: Type.String(),
  model_id: Nullable(Type.String()),
  pack_id: Nullable(Type.String()),
  ticker: Type.String(),
  cadence: Type.String(),
  rows: Type.Integer(),
  features: Type.Array(Type.String()),
  training_features: Type.Array(Type.String({ description: 'Columns that training uses' })),
  classes: Type.Array(Type.String()),
  date_window: Type.Object({ start: Type.String(), end: Type.String() }),
  label: Json,
  sources: Type.Array(
    Type.Object({ id: Type.String(), simulated: Type.Boolean(), content_sha: Type.String() }),
  ),
  simulated: Type.Boolean(),
  spec: Type.Unsafe<Record<string, unknown>>({
    ...Json,
    description: 'Canonical inputs whose hash is the matrix_sha',
  }),
  csv_uri: Type.String(),
  csv_sha: Type.String({ description: 'SHA-256 of the CSV file' }),
  columnar_uri: Type.String(),
  fill: Type.String({ description: 'How trades on this matrix are filled' }),
  created_at: Timestamp,
})

const BuildReply = Type.Object({
  out_csv: Type.String(),
  matrix_sha: Type.String(),
  rows: Type.Integer(),
  warnings: Type.Array(Type.String()),
})

export const matrices = {
  buildMatrix: defineEndpoint({
    method: 'POST',
    path: '/build_matrix',
    tag: 'Datasets',
    summary: 'Build the training matrix of a model and wait for it',
    description:
      'Rows of the window with features, label and checks, also written as CSV. Missing data is fetched first where a vendor key is set, else NO_DATA names the sessions. The same inputs give the same sha and the same bytes.',
    example: { body: { model_id: 'spy_opt_0dte_hourly', start: '2024-01-01', end: '2024-01-31' } },
    body: Type.Object(
      {
        model_id: ModelId,
        start: IsoDate,
        end: IsoDate,
        out_csv: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
        pack_id: Type.Optional(PackId),
        k_sigma: Type.Optional(
          Type.Number({
            minimum: 0,
            maximum: 10,
            description:
              'Half width of the FLAT band in volatilities; 0.3 where neither this nor the label says',
          }),
        ),
        fixed_bp: Type.Optional(
          Type.Number({
            minimum: 0,
            maximum: 10_000,
            description: 'Half width of the FLAT band in basis points, instead of k_sigma',
          }),
        ),
        distance_max: Type.Optional(Type.Integer({ minimum: 0, maximum: 50, default: 7 })),
        dump_raw: Type.Optional(Type.Boolean({ default: false })),
        raw_out: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
        ticker: Type.Optional(Ticker),
        tag: Type.Optional(Type.String({ maxLength: 100 })),
      },
      { additionalProperties: false },
    ),
    reply: BuildReply,
  }),
  buildStockMatrix: defineEndpoint({
    method: 'POST',
    path: '/build_stock_matrix',
    tag: 'Datasets',
    summary: 'Build a training matrix for a stock and wait for it',
    description: 'Follows a model of daily bars of the pack unless one is named.',
    example: { body: { ticker: 'AAPL', start: '2024-01-01', end: '2024-01-31' } },
    body: Type.Object(
      {
        ticker: Ticker,
        start: IsoDate,
        end: IsoDate,
        out_csv: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
        pack_id: Type.Optional(PackId),
        model_id: Type.Optional(ModelId),
        label_kind: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
      },
      { additionalProperties: false },
    ),
    reply: BuildReply,
  }),
  previewMatrix: defineEndpoint({
    method: 'POST',
    path: '/preview_matrix',
    tag: 'Models',
    summary: 'Quality checks and first rows of a matrix, nothing stored as the model’s matrix',
    description: 'Columns with 10 % or more missing are in `warn`, with 30 % or more in `fail`.',
    example: {
      body: { model_id: 'spy_opt_0dte_hourly', start: '2024-01-01', end: '2024-01-31', pack_id: 'zerosigma' },
    },
    body: Type.Object(
      {
        model_id: ModelId,
        start: IsoDate,
        end: IsoDate,
        pack_id: Type.Optional(PackId),
        max_rows: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000, default: 200 })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      rows: Type.Integer(),
      qa: Qa,
      nan_stats: Type.Array(NanStat),
      warn: Type.Array(Type.String()),
      fail: Type.Array(Type.String()),
      columns: Type.Array(Type.String()),
      preview: Type.Array(Type.Array(Type.Unknown()), { description: 'First rows, in the order of columns' }),
    }),
  }),
  buildMatrixByWindow: defineEndpoint({
    method: 'POST',
    path: '/matrix/build',
    tag: 'Matrix',
    summary: 'Build a matrix, named by the sha of its inputs; with preview its diagnostics too',
    description: 'A build that ran already is found by its sha and not repeated.',
    example: {
      body: { model_id: 'spx_eq_swing_daily', date_window: { start: '2010-01-04', end: '2012-12-31' } },
    },
    body: Type.Object(
      {
        model_id: ModelId,
        date_window: Type.Object({ start: IsoDate, end: IsoDate }, { additionalProperties: false }),
        features: Type.Optional(
          Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 500 }),
        ),
        hours_filter: Type.Optional(HoursList),
        label_def: Type.Optional(Type.Union([Type.String({ maxLength: 100 }), Json])),
        preview: Type.Optional(Type.Boolean({ default: false })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      matrix_sha: Type.String(),
      rows: Type.Integer(),
      out_csv: Type.String(),
      warnings: Type.Array(Type.String()),
      preview: Type.Optional(
        Type.Object({
          features: Type.Integer(),
          rows: Type.Integer(),
          label_balance: Type.Record(Type.String(), Type.Integer()),
          nan_pct: Type.Number(),
          leakage_flags: Type.Array(LeakageFlag),
          coverage_by_hour: MatrixProfile.properties.coverage_by_hour,
          drift_summary: MatrixProfile.properties.drift_summary,
        }),
      ),
    }),
  }),
  getMatrix: defineEndpoint({
    method: 'GET',
    path: '/matrix/:matrix_sha',
    tag: 'Matrix',
    summary: 'What a matrix is made of',
    description: 'Model, window, cadence, label, features and source, without its rows.',
    example: { params: { matrix_sha: '0'.repeat(64) } },
    params: Type.Object({ matrix_sha: Sha }),
    reply: MatrixMeta,
  }),
  getMatrixProfile: defineEndpoint({
    method: 'GET',
    path: '/matrix/:matrix_sha/profile',
    tag: 'Matrix',
    summary: 'Diagnostics of a matrix and its first rows',
    description:
      'Label balance, missing values, correlations, coverage by hour and day, drift, and the leakage verdict of each column with its reason.',
    example: { params: { matrix_sha: '0'.repeat(64) }, query: { rows: 20 } },
    params: Type.Object({ matrix_sha: Sha }),
    query: Type.Object(
      { rows: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000, default: 100 })) },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      matrix: MatrixMeta,
      profile: MatrixProfile,
      columns: Type.Array(Type.String()),
      first_rows: Type.Array(Type.Array(Type.Unknown())),
    }),
  }),
}
