import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Json, ModelId, PackId, Ticker } from './schemas.ts'

export const health = {
  getHealth: defineEndpoint({
    method: 'GET',
    path: '/health',
    tag: 'Health',
    summary: 'Whether the API answers',
    reply: Type.Object({}),
  }),
  getHealthDetails: defineEndpoint({
    method: 'GET',
    path: '/healthz',
    tag: 'Health',
    summary: 'State of every part: routers, indicators, data, ledger',
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
