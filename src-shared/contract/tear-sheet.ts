import { type Static, Type } from 'typebox'
import type { backtests } from './backtests.ts'
import { defineEndpoint } from './endpoint.ts'
import { IdParam, IsoDate, Nullable, NumberOrNull, StringOrNull, Timestamp } from './schemas.ts'

const figure = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })
const count = (description: string) => Type.Integer({ description })

const Episode = Type.Object({
  depth: Type.Number({ description: 'Largest fall from the peak before, a positive fraction' }),
  start: Type.String({ description: 'First session below the peak' }),
  trough: Type.String({ description: 'Session of the lowest equity' }),
  recovery: Nullable(Type.String({ description: 'First session back at the peak; null: not yet' })),
  sessions: count('Sessions below the peak'),
  to_trough: count('Sessions from the first below the peak to the trough, that one included'),
})

const Bin = Type.Object({ from: Type.Number(), to: Type.Number(), count: Type.Integer() })

const groupFigures = {
  trades: count('Closed trades'),
  win_rate: figure('Share with a return above 0'),
  mean_ret: figure('Mean return of a trade, net'),
  sum_ret: Type.Number({ description: 'Sum of trade returns, net' }),
}

/** The same positions at other costs or other fills. */
export const Stressed = Type.Object({
  sharpe: NumberOrNull,
  cum_return: NumberOrNull,
  max_dd: NumberOrNull,
})
export type Stressed = Static<typeof Stressed>

export const Sensitivity = Type.Object(
  { double_cost: Stressed, delay_1: Nullable(Stressed) },
  {
    description:
      'The same positions at twice the cost, and with every fill one bar later; thresholds are not chosen anew',
  },
)
export type Sensitivity = Static<typeof Sensitivity>

export const Reliability = Type.Object(
  {
    rows: count('Test rows whose label is UP or DOWN'),
    error: figure('Expected calibration error: mean |predicted − observed| of the groups, weighed by rows'),
    bins: Type.Array(
      Type.Object({
        from: Type.Number({ description: 'Lowest p of the group' }),
        to: Type.Number({ description: 'Highest p of the group' }),
        rows: Type.Integer(),
        predicted: Type.Number({ description: 'Mean p of the group' }),
        observed: Type.Number({ description: 'Share that went UP, of those that went UP or DOWN' }),
        low: Type.Number({ description: 'Lower end of its 95 % interval (Wilson 1927)' }),
        high: Type.Number({ description: 'Upper end of its 95 % interval' }),
      }),
      { description: 'Tenths of the rows by p, the lowest first' },
    ),
  },
  {
    description:
      'What the scores of test rows promised against what came: p should be the share that goes UP',
  },
)
export type Reliability = Static<typeof Reliability>

/** What the page of a run shows beyond its figures. The descriptions are the definitions in docs and on screen. */
export const TearSheet = Type.Object({
  backtest_run_id: Type.String(),
  drawdowns: Type.Array(Episode, {
    description:
      'Stretches of sessions below a running peak of equity, equity starting at 1; the ten deepest',
  }),
  months: Type.Array(
    Type.Object({
      year: Type.Integer(),
      month: Type.Integer(),
      ret: Type.Number(),
      sessions: Type.Integer(),
    }),
    { description: 'Daily returns compounded over the sessions of each month that are in the run' },
  ),
  years: Type.Array(
    Type.Object({
      year: Type.Integer(),
      ret: Type.Number(),
      held: figure('The same of the underlying, bought and held'),
      sessions: Type.Integer(),
    }),
    { description: 'Daily returns compounded over the sessions of each year that are in the run' },
  ),
  histogram: Type.Object(
    {
      bins: Type.Array(Bin),
      flat: count('Sessions without any return, left out of the bars'),
      mean: figure('Mean daily return'),
      std: figure('Standard deviation (ddof 1) of daily returns'),
      skewness: figure('Third standardised moment of daily returns'),
      kurtosis: figure('Fourth standardised moment; 3 for the normal distribution'),
      best: figure('Largest daily return'),
      worst: figure('Smallest daily return'),
    },
    { description: 'Daily returns by size; bars are equally wide, and one ends at 0' },
  ),
  rolling: Type.Object(
    {
      window: count('Sessions looked back on'),
      sharpe: Type.Array(NumberOrNull, { description: 'One a session of the equity series' }),
    },
    { description: 'Sharpe ratio of the last 63 sessions, annualised; null before there are so many' },
  ),
  weekdays: Type.Array(Type.Object({ weekday: count('Monday is 1'), ...groupFigures }), {
    description: 'Trades by the New York weekday of their entry',
  }),
  sides: Type.Array(
    Type.Object({
      side: Type.Union([Type.Literal('long'), Type.Literal('short')]),
      ...groupFigures,
      profit_factor: figure('Sum of winning returns / sum of losing returns'),
    }),
    { description: 'Long and short trades apart' },
  ),
  costs: Type.Object(
    {
      slippage_bps: figure('Charged on every change of net exposure, basis points a side'),
      fill: StringOrNull,
      paid: figure('Sum of costs charged to equity, in units of starting equity'),
      gross: figure('Sum of bar returns before costs'),
      breakeven_bps: figure('Cost a side at which the sum of returns is 0'),
    },
    { description: 'What trading cost, and how much more it could cost' },
  ),
  sensitivity: Nullable(Sensitivity),
  reliability: Nullable(Reliability),
  benchmark: Nullable(
    Type.Object(
      {
        ticker: Type.String(),
        equity: Type.Array(Type.Number(), {
          description: 'The underlying bought at the open of the run and held: price only, no costs',
        }),
        cum_return: figure('Its return over the sessions of the run'),
        sharpe: figure('Its Sharpe ratio'),
        max_dd: figure('Its largest fall'),
        correlation: figure('Correlation of daily returns of the run with its own'),
        beta: figure('Slope of daily returns of the run on its own'),
      },
      { description: 'The underlying held over the same sessions' },
    ),
  ),
  repeat: Type.Unsafe<Static<typeof backtests.runBacktest.body>>({
    type: 'object',
    description: 'Body for POST /backtest that asks for the same configuration, on the newest matrix',
  }),
  importance: Nullable(
    Type.Object(
      { training_run_id: Type.String(), artifact: Type.String() },
      { description: 'The newest model trained of this configuration on this matrix' },
    ),
  ),
})
export type TearSheet = Static<typeof TearSheet>

export const tearSheets = {
  getTearSheet: defineEndpoint({
    method: 'GET',
    path: '/backtest_runs/:id/tear_sheet',
    tag: 'Backtest',
    summary:
      'Drawdowns, calendar returns, rolling Sharpe, trades by weekday and side, costs and calibration of a run',
    description:
      'Measured on the daily returns and the trades that the run kept, and on the prices of its matrix. `sensitivity` and `reliability` are null for runs made before they were kept, `benchmark` where the matrix has no price path, `importance` until a model of this configuration is trained.',
    example: { params: { id: '1' } },
    params: Type.Object({ id: IdParam }),
    reply: TearSheet,
  }),
  getRunBars: defineEndpoint({
    method: 'GET',
    path: '/backtest_runs/:id/bars',
    tag: 'Backtest',
    summary: 'The bars that the trades of a run were filled on, as they were then',
    description:
      'The price path of the matrix, which later imports and syncs do not change. NO_DATA where it came from a CSV or the window has no bar.',
    example: { params: { id: '1' }, query: { max_points: 500 } },
    params: Type.Object({ id: IdParam }),
    query: Type.Object(
      {
        start: Type.Optional(IsoDate),
        end: Type.Optional(IsoDate),
        max_points: Type.Optional(Type.Integer({ minimum: 10, maximum: 20_000, default: 2000 })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      ticker: Type.String(),
      cadence: Type.String(),
      simulated: Type.Boolean(),
      ts: Type.Array(Timestamp, { description: 'Start of each bar' }),
      open: Type.Array(NumberOrNull),
      high: Type.Array(NumberOrNull),
      low: Type.Array(NumberOrNull),
      close: Type.Array(NumberOrNull),
      volume: Type.Array(NumberOrNull),
      bars_total: Type.Integer({ description: 'Bars of the window before neighbours were merged' }),
    }),
  }),
}
