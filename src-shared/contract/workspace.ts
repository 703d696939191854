import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { JobRow } from './jobs.ts'
import { IsoDate, NumberOrNull, StringOrNull, Ticker, Timestamp } from './schemas.ts'

export const SeriesRow = Type.Object({
  ticker: Type.String(),
  kind: Type.String({ description: 'bars, extended_bars, chain, option_minutes, index' }),
  cadence: StringOrNull,
  source: Type.String(),
  simulated: Type.Boolean(),
  first: Type.String(),
  last: Type.String(),
  rows: Type.Integer(),
  known_at: Type.String({ description: 'From when on a row is known; no decision before that sees it' }),
  note: StringOrNull,
})

export const workspace = {
  getWorkspace: defineEndpoint({
    method: 'GET',
    path: '/workspace',
    tag: 'Workspace',
    summary: 'What is here: name, versions, counts, running jobs, next steps',
    description:
      'What the first screen shows. `recovered` are the jobs that were running when the last host stopped.',
    reply: Type.Object({
      name: Type.String(),
      folder: Type.String({
        description: 'Absolute path of the workspace on the machine of the host.',
        examples: ['/home/ada/SigmaLab'],
      }),
      version: Type.String(),
      created_at: Timestamp,
      sample: Type.Unsafe<'none' | 'loading' | 'ready'>({
        type: 'string',
        enum: ['none', 'loading', 'ready'],
      }),
      counts: Type.Object({
        models: Type.Integer(),
        matrices: Type.Integer(),
        sweeps: Type.Integer(),
        runs: Type.Integer(),
        passing: Type.Integer(),
        trained: Type.Integer(),
        signals: Type.Integer(),
      }),
      jobs: Type.Array(JobRow),
      recovered: Type.Array(JobRow),
      disk_free_bytes: NumberOrNull,
      pack_problems: Type.Integer(),
    }),
  }),
  getDataCatalog: defineEndpoint({
    method: 'GET',
    path: '/data/catalog',
    tag: 'Data',
    summary: 'Every series of the lake with span and source',
    description: 'Bars that are made of finer ones are series too.',
    reply: Type.Object({ series: Type.Array(SeriesRow) }),
  }),
  getBars: defineEndpoint({
    method: 'GET',
    path: '/data/bars',
    tag: 'Data',
    summary: 'Bars of a ticker by column; longer series are thinned by keeping each bucket’s extremes',
    description:
      'Without start and end the whole series. A bucket keeps the first open, the highest high, the lowest low, the last close and the sum of the volume.',
    example: {
      query: { ticker: 'SPY', cadence: 'daily', start: '2024-01-02', end: '2024-06-28', max_points: 500 },
    },
    query: Type.Object(
      {
        ticker: Ticker,
        cadence: Type.Optional(
          Type.Unsafe<'5m' | 'hourly' | 'daily'>({
            type: 'string',
            enum: ['5m', 'hourly', 'daily'],
            default: 'daily',
          }),
        ),
        hours: Type.Optional(
          Type.Unsafe<'regular' | 'extended'>({
            type: 'string',
            enum: ['regular', 'extended'],
            default: 'regular',
            description:
              'extended: the 5-minute bars before the open and after the close, which no matrix and no backtest sees',
          }),
        ),
        start: Type.Optional(IsoDate),
        end: Type.Optional(IsoDate),
        max_points: Type.Optional(Type.Integer({ minimum: 10, maximum: 20_000, default: 2000 })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      ticker: Type.String(),
      cadence: Type.String(),
      source: Type.String(),
      simulated: Type.Boolean(),
      ts: Type.Array(Timestamp),
      open: Type.Array(NumberOrNull),
      high: Type.Array(NumberOrNull),
      low: Type.Array(NumberOrNull),
      close: Type.Array(NumberOrNull),
      volume: Type.Array(NumberOrNull),
      bars_total: Type.Integer(),
    }),
  }),
}
