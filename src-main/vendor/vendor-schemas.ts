import { type Static, Type } from 'typebox'

// Replies as the vendor documents them. Fields that are not read are not named: the vendor may add to its replies.

const Text = Type.String({ maxLength: 100 })
const DateText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

/** Bar of a stock, an option or an index (which has no volume). */
export const Aggregate = Type.Object({
  /** Start of the bar, epoch ms UTC. */
  t: Type.Integer({ minimum: 0 }),
  o: Type.Number(),
  h: Type.Number(),
  l: Type.Number(),
  c: Type.Number(),
  v: Type.Optional(Type.Number({ minimum: 0 })),
  vw: Type.Optional(Type.Number({ minimum: 0 })),
  n: Type.Optional(Type.Number({ minimum: 0 })),
})
export type Aggregate = Static<typeof Aggregate>

export const OptionContract = Type.Object({
  ticker: Type.String({ pattern: '^O:[A-Z0-9.]{1,30}$' }),
  contract_type: Type.String({ maxLength: 20 }),
  expiration_date: DateText,
  strike_price: Type.Number({ exclusiveMinimum: 0 }),
  shares_per_contract: Type.Optional(Type.Number()),
})
export type OptionContract = Static<typeof OptionContract>

export const OptionSnapshot = Type.Object({
  details: OptionContract,
  day: Type.Optional(Type.Object({ volume: Type.Optional(Type.Number({ minimum: 0 })) })),
  greeks: Type.Optional(
    Type.Object({
      delta: Type.Optional(Type.Number()),
      gamma: Type.Optional(Type.Number()),
      /** Per day. */
      theta: Type.Optional(Type.Number()),
      /** Per point of volatility. */
      vega: Type.Optional(Type.Number()),
    }),
  ),
  implied_volatility: Type.Optional(Type.Number({ minimum: 0 })),
  open_interest: Type.Optional(Type.Number({ minimum: 0 })),
  last_quote: Type.Optional(
    Type.Object({ bid: Type.Number({ minimum: 0 }), ask: Type.Number({ minimum: 0 }) }),
  ),
  underlying_asset: Type.Optional(
    Type.Object({ price: Type.Optional(Type.Number()), value: Type.Optional(Type.Number()) }),
  ),
})
export type OptionSnapshot = Static<typeof OptionSnapshot>

export const Quote = Type.Object({
  /** Epoch nanoseconds. */
  sip_timestamp: Type.Number({ minimum: 0 }),
  bid_price: Type.Optional(Type.Number({ minimum: 0 })),
  ask_price: Type.Optional(Type.Number({ minimum: 0 })),
  bid_size: Type.Optional(Type.Number({ minimum: 0 })),
  ask_size: Type.Optional(Type.Number({ minimum: 0 })),
})
export type Quote = Static<typeof Quote>

/** `split_to` new shares for `split_from` old ones. */
export const Split = Type.Object({
  id: Text,
  ticker: Text,
  execution_date: DateText,
  split_from: Type.Number({ exclusiveMinimum: 0 }),
  split_to: Type.Number({ exclusiveMinimum: 0 }),
})
export type Split = Static<typeof Split>

export const Dividend = Type.Object({
  id: Text,
  ticker: Text,
  ex_dividend_date: DateText,
  cash_amount: Type.Number(),
  currency: Type.Optional(Type.String({ pattern: '^[A-Za-z]{3}$' })),
})
export type Dividend = Static<typeof Dividend>

export const TickerInfo = Type.Object({
  ticker: Text,
  name: Type.Optional(Type.String({ maxLength: 500 })),
  market: Type.Optional(Text),
  active: Type.Optional(Type.Boolean()),
})
export type TickerInfo = Static<typeof TickerInfo>
