import { Type } from 'typebox'
import { PremiumFigures } from './brackets.ts'
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
  Ticker,
  Timestamp,
} from './schemas.ts'

const OptionType = Type.Union([Type.Literal('call'), Type.Literal('put')])
const OptionMode = Type.Union([Type.Literal('single'), Type.Literal('vertical')])
const closed = { additionalProperties: false }

const OptionLegRow = Type.Object({
  action: Type.Union([Type.Literal('buy'), Type.Literal('sell')]),
  occ_symbol: Type.String(),
  type: OptionType,
  strike: Type.Number(),
  bid: Type.Number(),
  ask: Type.Number(),
  iv: Type.Number({ description: 'Volatility at which Black–Scholes gives the mid' }),
  delta: Type.Number(),
  oi: NumberOrNull,
  volume: NumberOrNull,
})

const WalkRow = Type.Object({
  outcome: Type.String({ description: 'target, stop, timeout, void (not entered) or open (not over yet)' }),
  entry_ts: Nullable(Timestamp),
  exit_ts: Nullable(Timestamp),
  entry_px: NumberOrNull,
  exit_px: NumberOrNull,
  result: Type.Union([Type.Number(), Type.Null()], {
    description: 'Net: return of the trade on the underlying, dollars of one contract on the premium',
  }),
})

/** An option position bought on a signal. Premiums are dollars per share; a contract is 100 shares. */
export const OptionSignalRow = Type.Object({
  id: Type.Integer(),
  signal_id: Type.Integer(),
  model_id: Type.String(),
  pack_id: Type.String(),
  risk_profile: RiskProfile,
  ticker: Type.String(),
  date: Type.String(),
  ts: Timestamp,
  signal_side: Type.Union([Type.Literal('buy'), Type.Literal('sell')]),
  occ_symbol: Type.String({ description: 'Of the bought contract' }),
  expiry: Type.String(),
  strike: Type.Number(),
  type: OptionType,
  mode: OptionMode,
  spread_width: NumberOrNull,
  legs: Type.Array(OptionLegRow),
  entry_premium_est: Type.Union([Type.Number(), Type.Null()], { description: 'Mid and half the spread' }),
  stop_premium: Type.Union([Type.Number(), Type.Null()], {
    description: 'Black–Scholes value at the stop of the underlying when the time stop falls',
  }),
  target_premium: NumberOrNull,
  mid: Type.Number(),
  half_spread: Type.Number(),
  spread_pct: NumberOrNull,
  delta: NumberOrNull,
  iv: NumberOrNull,
  oi: NumberOrNull,
  volume: NumberOrNull,
  greeks: Type.Object({
    delta: Type.Number(),
    gamma: Type.Number(),
    vega: Type.Number({ description: 'Per 1.00 of volatility' }),
    theta: Type.Number({ description: 'Per year' }),
  }),
  break_even: Type.Number({
    description: 'Price of the underlying at expiry from which the position is worth more than its ask',
  }),
  max_loss: Type.Number({ description: 'The ask paid' }),
  max_profit: Type.Union([Type.Number(), Type.Null()], { description: 'null: without limit' }),
  profit_probability: Type.Number({
    description: 'Risk-neutral chance to end beyond the break-even at expiry',
  }),
  snapshot_ts: Timestamp,
  underlying_px: Type.Number({ description: 'Underlying in the snapshot' }),
  underlying_stop_px: Type.Number(),
  underlying_target_px: Type.Number(),
  entry_mode: Type.Union([Type.Literal('next_session_open'), Type.Literal('next_bar_open')]),
  time_stop_ts: Timestamp,
  parity: Type.Object({ underlying: Nullable(WalkRow), premium: Nullable(WalkRow) }),
  simulated: Type.Boolean(),
  lineage: Json,
  created_at: Timestamp,
})

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
    query: Type.Object(
      {
        model_id: Type.Optional(ModelId),
        pack_id: Type.Optional(PackId),
        date: Type.Optional(IsoDate),
        ...DateRangeQuery,
        tickers: Type.Optional(Type.String({ maxLength: 1000 })),
        expiry: Type.Optional(IsoDate),
        occ_symbol: Type.Optional(Type.String({ pattern: '^O:[A-Z0-9]{1,15}[0-9]{6}[CP][0-9]{8}$' })),
        limit: limitOf(200),
        offset,
      },
      closed,
    ),
    reply: Type.Object({
      rows: Type.Array(OptionSignalRow),
      count: Type.Integer(),
      total: Type.Integer(),
      ...Page,
    }),
  }),
}
