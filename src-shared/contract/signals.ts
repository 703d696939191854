import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import {
  DateRangeQuery,
  IsoDate,
  limitOf,
  ModelId,
  NumberOrNull,
  offset,
  PackId,
  Page,
  RiskProfile,
  StringOrNull,
  Timestamp,
} from './schemas.ts'

export const SignalRow = Type.Object({
  id: Type.Integer(),
  ts: Timestamp,
  date: Type.String(),
  hour_et: Type.Union([Type.Integer(), Type.Null()]),
  model_id: Type.String(),
  pack_id: Type.String(),
  risk_profile: RiskProfile,
  ticker: Type.String(),
  side: Type.Union([Type.Literal('buy'), Type.Literal('sell')]),
  score_total: Type.Number({ description: 'Directional probability P(UP) / (P(UP) + P(DOWN))' }),
  threshold: Type.Number(),
  size_r: Type.Number({ description: 'Risk units of the profile: 0.5, 1 or 1.5' }),
  entry_ref_px: Type.Number(),
  close: Type.Number(),
  stop_px: Type.Number(),
  target_px: Type.Number(),
  time_stop_minutes: Type.Integer(),
  status: Type.String(),
  simulated: Type.Boolean(),
  artifact: Type.String(),
  tag: StringOrNull,
  rr: NumberOrNull,
})

export const signals = {
  listSignals: defineEndpoint({
    method: 'GET',
    path: '/signals',
    tag: 'Signals',
    summary: 'Signals, newest first',
    query: Type.Object(
      {
        model_id: Type.Optional(ModelId),
        pack_id: Type.Optional(PackId),
        date: Type.Optional(IsoDate),
        ...DateRangeQuery,
        tickers: Type.Optional(Type.String({ maxLength: 1000 })),
        limit: limitOf(200),
        offset,
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      count: Type.Integer(),
      total: Type.Integer(),
      rows: Type.Array(SignalRow),
      ...Page,
    }),
  }),
  generateSignals: defineEndpoint({
    method: 'POST',
    path: '/signals/generate',
    tag: 'Signals',
    summary: 'Score the newest rows with the trained model of a profile',
    body: Type.Object(
      {
        model_id: ModelId,
        pack_id: Type.Optional(PackId),
        risk_profile: Type.Optional(RiskProfile),
        start: Type.Optional(IsoDate),
        end: Type.Optional(IsoDate),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      count: Type.Integer(),
      rows: Type.Array(SignalRow),
      csv: Type.String(),
      warnings: Type.Array(Type.String()),
    }),
  }),
}
