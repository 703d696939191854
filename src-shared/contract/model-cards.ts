import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Json, limitOf, ModelId, offset, PackId, Page, Timestamp } from './schemas.ts'

export const modelCards = {
  listModelCards: defineEndpoint({
    method: 'GET',
    path: '/model_cards',
    tag: 'Model Cards',
    summary: 'Model cards of a model, newest first',
    description: 'A card is written by each build, backtest and training.',
    example: { query: { model_id: 'spy_opt_0dte_hourly' } },
    query: Type.Object(
      { pack_id: Type.Optional(PackId), model_id: ModelId, limit: limitOf(200), offset },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      count: Type.Integer(),
      total: Type.Integer(),
      cards: Type.Array(
        Type.Object({
          pack_id: Type.String(),
          model_id: Type.String(),
          event: Type.String(),
          created_at: Timestamp,
          file: Type.String(),
        }),
      ),
      ...Page,
    }),
  }),
  getModelCard: defineEndpoint({
    method: 'GET',
    path: '/model_card',
    tag: 'Model Cards',
    summary: 'One model card, the newest unless a file is named',
    description: 'Window, folds, figures, gate, costs, assumptions, risks and lineage.',
    example: { query: { model_id: 'spy_opt_0dte_hourly' } },
    query: Type.Object(
      {
        pack_id: Type.Optional(PackId),
        model_id: ModelId,
        file: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      pack_id: Type.String(),
      model_id: Type.String(),
      event: Type.String(),
      created_at: Timestamp,
      params: Json,
      metrics: Json,
    }),
  }),
}
