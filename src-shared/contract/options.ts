import { Type } from 'typebox'
import { PremiumFigures } from './brackets.ts'
import { defineEndpoint } from './endpoint.ts'
import { OptionMode, OptionSignalRow, OptionType } from './option-row.ts'
import {
  DateRangeQuery,
  IdParam,
  IsoDate,
  limitOf,
  ModelId,
  Nullable,
  NumberOrNull,
  offset,
  PackId,
  Page,
  RiskProfile,
  StringOrNull,
  Ticker,
  Timestamp,
} from './schemas.ts'

const closed = { additionalProperties: false }

const Parities = {
  parity: Nullable(
    Type.Object({
      ok: Type.Boolean(),
      trades: Type.Integer(),
      hit_rate: NumberOrNull,
      stop_rate: NumberOrNull,
      timeouts: Type.Integer(),
      avg_rr: NumberOrNull,
      avg_return: NumberOrNull,
      not_entered: Type.Integer({ description: 'The entry was already past a level' }),
      open: Type.Integer({ description: 'The bars end before the trade does' }),
    }),
  ),
  parity_premium: Nullable(Type.Object({ ok: Type.Boolean(), ...PremiumFigures.properties })),
}

const rowFilter = {
  model_id: Type.Optional(ModelId),
  pack_id: Type.Optional(PackId),
  risk_profile: Type.Optional(RiskProfile),
  date: Type.Optional(IsoDate),
  ...DateRangeQuery,
  tickers: Type.Optional(Type.String({ maxLength: 1000 })),
  expiry: Type.Optional(IsoDate),
  occ_symbol: Type.Optional(Type.String({ pattern: '^O:[A-Z0-9]{1,15}[0-9]{6}[CP][0-9]{8}$' })),
}

const column = (description: string) => Type.Array(Type.Number(), { description })

export const options = {
  listExpirations: defineEndpoint({
    method: 'GET',
    path: '/options/expirations',
    tag: 'Options',
    summary: 'Expiration dates of a ticker, with what the lake lists of each',
    description:
      'What the stored chains list, and the standard Fridays also where no chain does (`has_chain` is false). `start` is today unless said.',
    example: { query: { ticker: 'SPY' } },
    query: Type.Object(
      {
        ticker: Ticker,
        start: Type.Optional(IsoDate),
        weeks: Type.Optional(Type.Integer({ minimum: 1, maximum: 156, default: 12 })),
      },
      closed,
    ),
    reply: Type.Object({
      ticker: Type.String(),
      start: Type.String(),
      weeks: Type.Integer(),
      expirations: Type.Array(
        Type.Object({
          date: Type.String(),
          kind: Type.Union([Type.Literal('monthly'), Type.Literal('weekly'), Type.Literal('daily')]),
          has_chain: Type.Boolean(),
          count: Type.Integer({ description: 'Contracts that any snapshot of the lake lists' }),
        }),
      ),
    }),
  }),
  createOptionsOverlay: defineEndpoint({
    method: 'POST',
    path: '/options_overlay',
    tag: 'Options',
    summary: 'Choose an option position for each signal of a date, and replay it',
    description:
      'Uses only chain snapshots known when the signal was given. Contracts that outlive the signal’s session are entered at the ' +
      'open of the next one, same-day contracts at the next bar. What the request leaves out comes from the model’s policy.',
    example: { body: { model_id: 'spy_eq_swing_daily', date: '2024-01-01', dte_target: 30 } },
    body: Type.Object(
      {
        model_id: ModelId,
        pack_id: Type.Optional(PackId),
        risk_profile: Type.Optional(RiskProfile),
        date: Type.Optional(IsoDate),
        expiry: Type.Optional(IsoDate),
        dte_target: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
        option_mode: Type.Optional(OptionMode),
        spread_width: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 10_000 })),
        side_override: Type.Optional(OptionType),
        target_delta: Type.Optional(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 })),
        min_oi: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
        min_vol: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
        max_spread: Type.Optional(
          Type.Number({
            exclusiveMinimum: 0,
            maximum: 1,
            description: 'Widest bid-ask spread, a fraction of the mid',
          }),
        ),
        limit: limitOf(100),
        include_underlying_parity: Type.Optional(Type.Boolean({ default: true })),
        include_premium_parity: Type.Optional(Type.Boolean({ default: true })),
        write_parity_csv: Type.Optional(Type.Boolean({ default: false })),
      },
      closed,
    ),
    reply: Type.Object({
      count: Type.Integer({ description: 'Signals that got a position' }),
      written: Type.Integer({ description: 'Rows stored in the ledger' }),
      date: Type.String(),
      expiry: Type.String(),
      ...Parities,
      parity_csv: StringOrNull,
      rows: Type.Array(OptionSignalRow),
      skipped: Type.Array(Type.Object({ signal_id: Type.Integer(), reason: Type.String() })),
      warnings: Type.Array(Type.String()),
    }),
  }),
  listOptionSignals: defineEndpoint({
    method: 'GET',
    path: '/option_signals',
    tag: 'Options',
    summary: 'Option positions chosen for signals, newest signal first',
    description: 'Written by `POST /options_overlay`.',
    example: { query: { model_id: 'spy_eq_swing_daily', limit: 10 } },
    query: Type.Object({ ...rowFilter, limit: limitOf(200), offset }, closed),
    reply: Type.Object({
      rows: Type.Array(OptionSignalRow),
      count: Type.Integer(),
      total: Type.Integer(),
      ...Page,
    }),
  }),
  getOptionParity: defineEndpoint({
    method: 'GET',
    path: '/option_signals/parity',
    tag: 'Options',
    summary: 'What became of the option positions of a filter, on the underlying and on the premium',
    description:
      'Sums up the replays stored with the positions, as `POST /options_overlay` does those of one date; null where none was replayed.',
    example: { query: { model_id: 'spy_opt_0dte_hourly', start: '2024-06-03', end: '2024-06-28' } },
    query: Type.Object(rowFilter, closed),
    reply: Type.Object({
      count: Type.Integer({ description: 'Positions' }),
      dates: Type.Integer({ description: 'Days that they were chosen on' }),
      simulated: Type.Boolean({ description: 'Whether any of them rests on simulated data' }),
      ...Parities,
    }),
  }),
  getOptionPayoff: defineEndpoint({
    method: 'GET',
    path: '/option_signals/:id/payoff',
    tag: 'Options',
    summary: 'An option position leg by leg, and what it gains over prices of the underlying',
    description:
      'Priced as when it was chosen: each leg at its own volatility, at the rate and yield of the lineage. Gains are dollars per share after the ask; a contract is 100 shares. ' +
      'Chances are those of the pricing measure: ln S at expiry is normal around ln S + (r − q − σ²/2)T with variance σ²T.',
    example: { params: { id: '1' } },
    params: Type.Object({ id: IdParam }),
    reply: Type.Object({
      row: OptionSignalRow,
      expires_at: Timestamp,
      rate: Type.Number({ description: 'Continuous r, fraction a year' }),
      dividend_yield: Type.Number({
        description: 'Continuous q that put–call parity implies, fraction a year',
      }),
      volatility: Type.Number({ description: 'σ of the chances: that of the bought leg' }),
      legs: Type.Array(
        Type.Object({
          occ_symbol: Type.String(),
          value: Type.Number({ description: 'Black–Scholes, dollars per share; negative for a sold leg' }),
          delta: Type.Number(),
          gamma: Type.Number(),
          vega: Type.Number({ description: 'Per 1.00 of volatility' }),
          theta: Type.Number({ description: 'Per year' }),
        }),
        { description: 'As held, in the order of the row: the legs add up to the position' },
      ),
      curve: Type.Object({
        price: column('Prices of the underlying, ascending; strikes, break-even, stop and target among them'),
        at_expiry: column('Gain if the underlying ends there'),
        at_snapshot: column('Gain if it stood there when the position was chosen'),
        probability_below: column('Chance to end below'),
      }),
    }),
  }),
}
