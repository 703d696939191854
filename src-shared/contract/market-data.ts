import { type Static, type TSchema, Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { IsoDate, NumberOrNull, Ticker, Timestamp } from './schemas.ts'

const choice = <const T extends string>(values: readonly T[], fallback?: T) =>
  Type.Unsafe<T>({
    type: 'string',
    enum: [...values],
    ...(fallback === undefined ? {} : { default: fallback }),
  })

const numbers = (description: string) => Type.Array(NumberOrNull, { description })
const column = <T extends TSchema>(item: T, description: string) => Type.Array(item, { description })

/** Quotes of the calls or the puts of an expiry, one place per strike; null where there is none. */
export const ChainSide = Type.Object({
  bid: numbers('Dollars per share'),
  ask: numbers('Dollars per share'),
  mid: numbers('Between bid and ask; null where one of them is missing or they cross'),
  iv: numbers('Implied volatility a year, a fraction; null where the source could not solve for it'),
  delta: numbers('Dollars per dollar of the underlying'),
  gamma: numbers('Delta per dollar of the underlying'),
  open_interest: numbers('Contracts'),
  volume: numbers('Contracts so far in the session'),
})
export type ChainSide = Static<typeof ChainSide>

export const ChainExpiry = Type.Object({
  date: Type.String({ description: 'New York date of the expiry' }),
  expires_at: Timestamp,
  kind: choice(['monthly', 'weekly', 'daily']),
  days: Type.Integer({ description: 'Calendar days from the session to the expiry' }),
  atm_strike: Type.Union([Type.Number(), Type.Null()], {
    description: 'Strike nearest the spot, the lower of two as near',
  }),
  atm_iv: Type.Union([Type.Number(), Type.Null()], {
    description: 'Mean implied volatility of the call and the put at that strike',
  }),
  strikes: Type.Array(Type.Number(), { description: 'Ascending; a place in every column of call and put' }),
  call: ChainSide,
  put: ChainSide,
})
export type ChainExpiry = Static<typeof ChainExpiry>

export const marketData = {
  getChain: defineEndpoint({
    method: 'GET',
    path: '/data/chain',
    tag: 'Data',
    summary:
      'One option chain snapshot by expiry and strike, with the term structure of at-the-money volatility',
    description:
      'The newest snapshot of a session that was known at an instant: without date the newest session of the series, ' +
      'without at the last snapshot of the session.',
    example: { query: { ticker: 'SPY', date: '2024-06-03', at: '15:30' } },
    query: Type.Object(
      {
        ticker: Ticker,
        date: Type.Optional(IsoDate),
        at: Type.Optional(
          Type.String({
            pattern:
              '^(([01][0-9]|2[0-3]):[0-5][0-9]|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,3})?)?Z)$',
            description: 'Time of the session in New York, 10:30, or an instant, 2024-03-08T15:30:00Z',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      ticker: Type.String(),
      source: Type.String(),
      simulated: Type.Boolean(),
      date: Type.String({ description: 'Session of the snapshot' }),
      at: Type.String({ description: 'When the snapshot was taken, ISO 8601 in UTC with Z' }),
      spot: NumberOrNull,
      snapshots: column(Timestamp, 'Every snapshot of the session, in time order'),
      expiries: Type.Array(ChainExpiry),
    }),
  }),
  getCoverage: defineEndpoint({
    method: 'GET',
    path: '/data/coverage',
    tag: 'Data',
    summary: 'What a series has and lacks, session by session, against the exchange calendar',
    description:
      'From the first to the last session of the series. How many bars a session has to have, half days included, is known for ' +
      'bars and index levels; snapshots and option minutes are only counted.',
    example: { query: { ticker: 'SPY', kind: 'bars', cadence: 'daily' } },
    query: Type.Object(
      {
        ticker: Ticker,
        kind: Type.Optional(choice(['bars', 'chain', 'option_minutes', 'index'], 'bars')),
        cadence: Type.Optional(choice(['5m', 'hourly', 'daily'])),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      ticker: Type.String(),
      kind: Type.String(),
      cadence: Type.Union([Type.String(), Type.Null()], {
        description: 'Of bars: daily where not asked for',
      }),
      source: Type.String(),
      simulated: Type.Boolean(),
      unit: choice(['bars', 'levels', 'snapshots', 'minutes']),
      dates: column(Type.String(), 'Every session, in time order'),
      half_days: column(Type.String(), 'Those that close at 13:00'),
      present: column(Type.Integer(), 'Per session'),
      expected: numbers('Per session; null where the calendar does not say'),
      gaps: Type.Array(
        Type.Object({
          date: Type.String(),
          spans: column(Type.String(), 'From and to, New York: 10:30–11:05'),
        }),
        { description: 'Sessions that lack some of their bars, with the times of those' },
      ),
      totals: Type.Object({
        sessions: Type.Integer(),
        complete: Type.Integer({ description: 'Without expectation: sessions with anything' }),
        partial: Type.Integer(),
        empty: Type.Integer(),
        present: Type.Integer(),
        expected: NumberOrNull,
        outside: Type.Integer({
          description: 'Bars that fit no place of the calendar; not counted as present',
        }),
      }),
    }),
  }),
}
