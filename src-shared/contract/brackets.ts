import { type Static, Type } from 'typebox'

const figure = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })

/** What became of signals that were walked through stops and targets. */
export const ReplaySummary = Type.Object({
  trades: Type.Integer({ description: 'Trades that ended; each signal is one of its own' }),
  hit_rate: figure('Share of trades that reached the target'),
  stop_rate: figure('Share of trades that ended at the stop'),
  timeouts: Type.Integer({ description: 'Trades that neither level ended before the time was up' }),
  avg_rr: figure('Mean move in favour of the trade, before costs, in units of its risk'),
  avg_return: figure('Mean return of a trade after costs'),
  not_entered: Type.Integer({ description: 'Signals without a later bar, a price or an ATR' }),
  not_closed: Type.Integer({ description: 'Trades that the data ends before' }),
})

/** A run's own out-of-sample signals, long and short, through the policy's brackets on the underlying. */
export const BracketParity = Type.Object({
  basis: Type.Literal('underlying'),
  entry_mode: Type.String(),
  atr_period: Type.Integer(),
  atr_mult_stop: Type.Number(),
  atr_mult_target: Type.Number(),
  time_stop_minutes: Type.Integer(),
  ...ReplaySummary.properties,
})
export type BracketParity = Static<typeof BracketParity>

/** One pair of multiples with what it would have meant for the model's signals. */
export const ReplayedCandidate = Type.Object({
  k_stop: Type.Number(),
  k_target: Type.Number(),
  rr: Type.Number(),
  time_stop_minutes: Type.Integer(),
  ...ReplaySummary.properties,
})
