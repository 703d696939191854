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

/** What became of option trades, bought at mid, half the spread and fees, and sold the same way. */
export const PremiumFigures = Type.Object({
  trades: Type.Integer({ description: 'Trades that ended' }),
  hit_rate_target: figure('Share of trades that reached the premium at the target'),
  hit_rate_stop: figure('Share of trades that ended at the premium at the stop'),
  timeouts: Type.Integer({ description: 'Trades that neither premium ended before the time was up' }),
  avg_return: figure('Mean net gain, a fraction of what was paid'),
  win_rate: figure('Share of trades that brought more than they cost'),
  avg_pnl: figure('Net dollars of one contract (or one vertical) a signal'),
  total_pnl: Type.Number({ description: 'Net dollars of all trades' }),
  costs: Type.Number({ description: 'Dollars of spread, slippage and commission in it' }),
  not_entered: Type.Integer({ description: 'The premium was already past a level at the entry' }),
  open: Type.Integer({ description: 'The bars end before the trade does' }),
})

/** The same signals as option trades of the policy's selection, each by full repricing. */
export const PremiumParity = Type.Object({
  ...PremiumFigures.properties,
  skipped: Type.Integer({ description: 'Signals without a contract that passes' }),
  skipped_for: Type.Record(Type.String(), Type.Integer(), {
    description: 'How many for which reason: no_atr, no_chain, no_expiry or no_contract',
  }),
})
export type PremiumParity = Static<typeof PremiumParity>

/** A run's own out-of-sample signals, long and short, through the policy's brackets on the underlying. */
export const BracketParity = Type.Object({
  basis: Type.Literal('underlying'),
  entry_mode: Type.String(),
  atr_period: Type.Integer(),
  atr_mult_stop: Type.Number(),
  atr_mult_target: Type.Number(),
  time_stop_minutes: Type.Integer(),
  ...ReplaySummary.properties,
  premium: Type.Optional(
    Type.Union([PremiumParity, Type.Null()], {
      description:
        'Premium P&L: only in runs of option models that were asked for by themselves; null where the lake has no chains of the ticker',
    }),
  ),
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
