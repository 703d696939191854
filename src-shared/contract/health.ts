import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Json, ModelId, PackId, Ticker } from './schemas.ts'

export const health = {
  getHealth: defineEndpoint({
    method: 'GET',
    path: '/health',
    tag: 'Health',
    summary: 'Whether the API answers',
    description: 'True as soon as requests are answered. It looks at nothing else and needs no token.',
    reply: Type.Object({}),
  }),
  getHealthDetails: defineEndpoint({
    method: 'GET',
    path: '/healthz',
    tag: 'Health',
    summary: 'State of every part: routers, indicators, data, ledger',
    description:
      'Rows and snapshots are counted in the lake as it is now. `errors` says what is missing: bars of the ticker, the pack, the model, the ledger. Being offline is no error.',
    example: { query: { ticker: 'AAPL' } },
    query: Type.Object(
      {
        ticker: Type.Optional(Type.Unsafe<string>({ ...Ticker, default: 'SPY' })),
        pack_id: Type.Optional(Type.Unsafe<string>({ ...PackId, default: 'zerosigma' })),
        model_id: Type.Optional(ModelId),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      ok: Type.Boolean({ description: 'Nothing is wrong' }),
      checks: Type.Object({
        routers: Type.Record(Type.String(), Type.Boolean()),
        indicators_count: Type.Integer(),
        polygon_api_key: Type.Boolean(),
        daily_bars_rows: Type.Integer(),
        hourly_bars_rows: Type.Integer(),
        snapshot_rows: Type.Integer(),
        snapshot_has_iv: Type.Boolean(),
        db_ok: Type.Boolean(),
      }),
      errors: Json,
    }),
  }),
}
