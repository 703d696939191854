import { type Static, Type } from 'typebox'
import { WorkspacePath } from './backtests.ts'
import { defineEndpoint } from './endpoint.ts'
import {
  DateRangeQuery,
  IsoDate,
  Json,
  limitOf,
  ModelId,
  Nullable,
  NumberOrNull,
  offset,
  PackId,
  Page,
  RiskProfile,
  StringOrNull,
  Timestamp,
} from './schemas.ts'

const figure = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })

export const SignalRow = Type.Object({
  id: Type.Integer(),
  ts: Timestamp,
  date: Type.String(),
  hour_et: Type.Union([Type.Integer(), Type.Null()]),
  model_id: Type.String(),
  pack_id: Type.String(),
  risk_profile: RiskProfile,
  ticker: Type.String(),
  side: Type.Union([Type.Literal('buy'), Type.Literal('sell')]),
  score_total: Type.Number({ description: 'Directional probability P(UP) / (P(UP) + P(DOWN))' }),
  threshold: Type.Number({ description: 'The one that holds in the hour of the row' }),
  size: Type.Number({
    description:
      'Share of a full position: |2p − 1|, at most the cap, where trades are sized by confidence, else 1',
  }),
  size_r: Type.Number({ description: 'Risk units of the profile, for a full position: 0.5, 1 or 1.5' }),
  entry_ref_px: Type.Number(),
  close: Type.Number(),
  stop_px: Type.Number(),
  target_px: Type.Number(),
  time_stop_minutes: Type.Integer({
    description: 'Minutes of trading; without brackets until the label ends, 0 at the next open',
  }),
  time_stop_ts: Type.Union([Type.String(), Type.Null()], {
    description:
      'When that time is up after an entry at the next open, within the session where the model trades within the day; ISO 8601 in UTC with Z, null where the calendar does not reach',
  }),
  status: Type.String({ description: 'new, filled, closed, canceled or timed_out' }),
  simulated: Type.Boolean(),
  artifact: Type.String(),
  tag: StringOrNull,
  rr: NumberOrNull,
  fill_px: figure('Price of the fill in dollars; null until an import tells it'),
  slippage: figure('|fill − reference| in dollars'),
  pnl: figure('Result of the closed trade, a fraction of capital'),
})

/** Live figures. Whatever has nothing to rest on is null. */
export const LiveMetrics = Type.Object({
  sharpe: figure(
    'mean / standard deviation (ddof 1) of daily sums of pnl over all sessions of the period × √252',
  ),
  sortino: figure('mean / root mean square of min(r, 0) of the same daily sums × √252'),
  cum_return: figure('Final equity − 1, daily sums compounded from 1'),
  win_rate: figure('Share of closed trades with a pnl above 0'),
  expectancy: figure('Mean pnl of closed trades'),
  trades: Type.Integer({ description: 'Signals with a known pnl' }),
  fill_rate: figure('filled / (filled + canceled + timed out)'),
  avg_slippage: figure('Mean |fill − reference|: basis points for equities, dollars for options'),
  max_dd: figure('Largest fall of the running equity from its peak, a positive fraction'),
  coverage_pct: figure('Share of session bars from the first to the last signal that have one, a fraction'),
  freshness_sec: figure('Age of the newest signal'),
  capacity: figure(
    'Dollars: 5 % of the median notional traded in the hour of the signals; for options at most 5 % of the open interest',
  ),
  capacity_label: Nullable(
    Type.Unsafe<'Low' | 'Medium' | 'High'>({
      type: 'string',
      enum: ['Low', 'Medium', 'High'],
      description: 'Low under 100,000 dollars, High from 1,000,000',
    }),
  ),
})
export type LiveMetrics = Static<typeof LiveMetrics>

export const Period = Type.Object({ start: StringOrNull, end: StringOrNull })

/** What became of one signal. Prices and slippage are in dollars, pnl is a fraction of capital. */
export const FillRow = Type.Object(
  {
    ts: Type.Union([Type.String({ maxLength: 40 }), Type.Integer()], {
      description: 'Decision time of the signal: ISO 8601 with zone, or epoch ms',
    }),
    model_id: ModelId,
    risk_profile: Type.Optional(RiskProfile),
    ticker: Type.String({ minLength: 1, maxLength: 20 }),
    side: Type.Optional(Type.Union([Type.String({ maxLength: 10 }), Type.Null()])),
    entry_ref_px: Type.Optional(NumberOrNull),
    fill_px: Type.Optional(NumberOrNull),
    slippage: Type.Optional(NumberOrNull),
    status: Type.String({ maxLength: 20, description: 'new, filled, closed, canceled or timed_out' }),
    rr: Type.Optional(figure('Left out, the signal keeps its own; null takes it away')),
    pnl: Type.Optional(NumberOrNull),
    tag: Type.Optional(
      Type.Union([Type.String({ maxLength: 100 }), Type.Null()], {
        description: 'Left out, the signal keeps its own; null takes it away',
      }),
    ),
  },
  { additionalProperties: false },
)

/** Rows that one import takes as JSON; a CSV may be longer. */
export const mostFillRows = 20_000

export const signals = {
  importSignals: defineEndpoint({
    method: 'POST',
    path: '/signals/import',
    tag: 'Signals',
    summary:
      'Load what became of signals: rows, or a CSV of the workspace; the same import twice changes nothing',
    description:
      'Rows are matched to signals by model, profile, ticker and instant. Those of unknown signals are listed in `unknown` and change nothing; where one cannot be read, its line is named and nothing is imported.',
    example: {
      body: {
        rows: [
          {
            ts: '2024-06-03T20:00:00Z',
            model_id: 'spy_eq_swing_daily',
            risk_profile: 'balanced',
            ticker: 'SPY',
            status: 'filled',
            fill_px: 528.4,
          },
        ],
      },
    },
    body: Type.Object(
      {
        rows: Type.Optional(Type.Array(FillRow, { minItems: 1, maxItems: mostFillRows })),
        csv: Type.Optional(WorkspacePath),
        text: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 900_000,
            description: 'A CSV itself, in place of its path',
          }),
        ),
        dry_run: Type.Optional(
          Type.Boolean({ default: false, description: 'Only say what an import would do' }),
        ),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      dry_run: Type.Boolean(),
      count: Type.Integer({ description: 'Rows read' }),
      updated: Type.Integer({ description: 'Signals that now have, or would have, what the rows say' }),
      unknown: Type.Array(
        Type.Object({
          line: Type.Integer({ description: 'Line of the CSV, or number of the row from 1' }),
          ts: Timestamp,
          model_id: Type.String(),
          risk_profile: Type.String(),
          ticker: Type.String(),
        }),
        { description: 'Rows that name no signal; they were left out' },
      ),
      before: Type.Union([Type.Array(FillRow), Type.Null()], {
        description:
          'What the signals said before, as rows that undo this import; null where that is more rows than one import takes',
      }),
    }),
  }),
  getSignalsSummary: defineEndpoint({
    method: 'GET',
    path: '/signals/summary',
    tag: 'Signals',
    summary: 'Live figures of a model',
    description:
      'Sharpe ratio on daily sums, drawdown on the running equity, share of orders filled, slippage against the reference price; null where there are no fills.',
    example: { query: { model_id: 'spy_opt_0dte_hourly' } },
    query: Type.Object(
      { model_id: ModelId, risk_profile: Type.Optional(RiskProfile), ...DateRangeQuery },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      model_id: Type.String(),
      risk_profile: RiskProfile,
      period: Period,
      metrics: LiveMetrics,
    }),
  }),
  getSignalsLeaderboard: defineEndpoint({
    method: 'GET',
    path: '/signals/leaderboard',
    tag: 'Signals',
    summary: 'Models by their live Sharpe ratio',
    description:
      'Models that have given signals, each profile by itself; those without a Sharpe ratio yet come last.',
    example: { query: { pack: 'zerosigma', limit: 10 } },
    query: Type.Object(
      {
        pack: Type.Optional(PackId),
        risk_profile: Type.Optional(RiskProfile),
        ...DateRangeQuery,
        limit: limitOf(50),
        offset,
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      rows: Type.Array(
        Type.Object({
          model_id: Type.String(),
          pack_id: Type.String(),
          risk_profile: RiskProfile,
          period: Period,
          metrics: LiveMetrics,
          lineage: Json,
        }),
      ),
      least: Type.Integer({
        description: 'Closed trades under which the figures tell more of luck than of the model',
      }),
      total: Type.Integer(),
      ...Page,
    }),
  }),
  listSignals: defineEndpoint({
    method: 'GET',
    path: '/signals',
    tag: 'Signals',
    summary: 'Signals, newest first',
    description: 'Those of the options overlay are in /option_signals.',
    example: { query: { model_id: 'spy_opt_0dte_hourly', limit: 10 } },
    query: Type.Object(
      {
        model_id: Type.Optional(ModelId),
        pack_id: Type.Optional(PackId),
        risk_profile: Type.Optional(RiskProfile),
        date: Type.Optional(IsoDate),
        ...DateRangeQuery,
        tickers: Type.Optional(Type.String({ maxLength: 1000 })),
        limit: limitOf(200),
        offset,
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      count: Type.Integer(),
      total: Type.Integer(),
      rows: Type.Array(SignalRow),
      ...Page,
    }),
  }),
  generateSignals: defineEndpoint({
    method: 'POST',
    path: '/signals/generate',
    tag: 'Signals',
    summary: 'Score the newest rows with the trained model of a profile',
    description:
      'One signal for each model, profile, ticker and instant: asking again changes nothing. Also written to live_data/{model_id}/signals.csv.',
    example: { body: { model_id: 'spx_eq_swing_daily', start: '2012-12-03', end: '2012-12-31' } },
    body: Type.Object(
      {
        model_id: ModelId,
        pack_id: Type.Optional(PackId),
        risk_profile: Type.Optional(RiskProfile),
        start: Type.Optional(IsoDate),
        end: Type.Optional(IsoDate),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      count: Type.Integer(),
      rows: Type.Array(SignalRow),
      csv: Type.String(),
      warnings: Type.Array(Type.String()),
    }),
  }),
}
