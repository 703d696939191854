import { Type } from 'typebox'
import { Json, Nullable, NumberOrNull, RiskProfile, Timestamp } from './schemas.ts'

export const OptionType = Type.Union([Type.Literal('call'), Type.Literal('put')])
export const OptionMode = Type.Union([Type.Literal('single'), Type.Literal('vertical')])

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
