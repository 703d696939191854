import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { JobRow } from './jobs.ts'
import { IsoDate, Nullable, Timestamp } from './schemas.ts'

const VendorTicker = Type.String({
  pattern: '^(I:)?[A-Za-z][A-Za-z0-9]{0,9}([.-][A-Za-z0-9]{1,3})?$',
  description: 'Ticker of the vendor: SPY, BRK.B, I:SPX',
})

const Kind = Type.Unsafe<'bars' | 'actions' | 'index' | 'options' | 'chain'>({
  type: 'string',
  enum: ['bars', 'actions', 'index', 'options', 'chain'],
  description:
    'bars; actions: splits and dividends; index: VIX family; options: minutes of same-day options; chain: snapshot of now',
})

const Rate = Type.Object({
  per_minute: Nullable(
    Type.Integer({ description: 'Requests that the plan allows; null where it has no limit' }),
  ),
  used_last_minute: Type.Integer(),
  in_flight: Type.Integer(),
  queued: Type.Integer({ description: 'Requests that wait for their turn' }),
  wait_ms: Type.Number({ description: 'Until the next request may start' }),
})

export const sync = {
  startSync: defineEndpoint({
    method: 'POST',
    path: '/data/sync',
    tag: 'Data',
    summary:
      'Fetch market data from Polygon.io (Massive.com): what the lake has already is not fetched again',
    description:
      'Needs the key of the vendor in POLYGON_API_KEY. Runs as a job, at the pace of the plan (POLYGON_REQUESTS_PER_MINUTE, 5 by default), and goes on where it stopped after a crash. Prices are adjusted for splits, not for dividends. Bars outside regular hours are kept as a series of their own (extended_bars), which no matrix and no backtest sees.',
    example: { body: { tickers: ['SPY'], start: '2024-06-03', end: '2024-06-28' } },
    status: 202,
    body: Type.Object(
      {
        tickers: Type.Array(VendorTicker, { minItems: 1, maxItems: 50 }),
        cadence: Type.Optional(
          Type.Unsafe<'5m' | 'daily'>({ type: 'string', enum: ['5m', 'daily'], default: '5m' }),
        ),
        start: IsoDate,
        end: IsoDate,
        kinds: Type.Optional(
          Type.Array(Kind, { minItems: 1, maxItems: 5, description: 'bars and actions unless given' }),
        ),
        distance: Type.Optional(
          Type.Integer({
            minimum: 0,
            maximum: 100,
            default: 7,
            description: 'Whole dollars around the previous close in which same-day options are fetched',
          }),
        ),
        replace: Type.Optional(
          Type.Boolean({ default: false, description: 'Take the place of series from other sources' }),
        ),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ job_id: Type.String(), job: JobRow }),
  }),
  getSync: defineEndpoint({
    method: 'GET',
    path: '/data/sync',
    tag: 'Data',
    summary:
      'State of the connection to the vendor: key, rate limit, running and last sync, what was fetched',
    description: 'Of the key only whether there is one.',
    reply: Type.Object({
      has_key: Type.Boolean(),
      problem: Nullable(Type.String({ description: 'What is wrong with the settings' })),
      vendor: Nullable(Type.String({ description: 'Where requests go' })),
      rate: Rate,
      running: Nullable(JobRow),
      last: Nullable(JobRow),
      last_result: Nullable(
        Type.Object({
          requests: Type.Integer({ description: 'Pages fetched' }),
          warnings: Type.Array(Type.String()),
        }),
      ),
      fetched: Type.Array(
        Type.Object({
          ticker: Type.String(),
          series: Type.String({
            description: 'bars:5m, bars:daily, index, options:7 (the distance), actions',
          }),
          first: IsoDate,
          last: IsoDate,
          sessions: Type.Integer(),
          rows: Type.Integer(),
          outside_hours: Type.Integer({
            description:
              'Bars outside regular hours: 5-minute bars are kept apart, minutes of options are left out',
          }),
          fetched_at: Timestamp,
        }),
      ),
    }),
  }),
}
