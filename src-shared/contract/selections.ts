import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { ConfigTuple, IdParam, Lineage, ModelId, Timestamp } from './schemas.ts'

export const SelectionItem = Type.Object({ model_id: ModelId, config: ConfigTuple, lineage: Lineage })

export const selections = {
  createSelection: defineEndpoint({
    method: 'POST',
    path: '/selections',
    tag: 'Selections',
    summary: 'Keep a set of configurations, such as the cart of the screen',
    description:
      'Kept in the ledger, so it survives restarts. Items are rows of the leaderboard by configuration and lineage.',
    example: {
      body: {
        items: [
          {
            model_id: 'spx_eq_swing_daily',
            config: { kind: 'thr', value: '0.55', hours: [] },
            lineage: { matrix_sha: '0'.repeat(64), risk_profile: 'balanced', risk_sha: '0'.repeat(64) },
          },
        ],
      },
    },
    body: Type.Object(
      { items: Type.Array(SelectionItem, { maxItems: 1000 }) },
      { additionalProperties: false },
    ),
    reply: Type.Object({ selection_id: Type.String() }),
  }),
  getSelection: defineEndpoint({
    method: 'GET',
    path: '/selections/:id',
    tag: 'Selections',
    summary: 'A kept selection',
    description: 'As it was kept.',
    example: { params: { id: '1' } },
    params: Type.Object({ id: IdParam }),
    reply: Type.Object({
      selection_id: Type.String(),
      items: Type.Array(SelectionItem),
      created_at: Timestamp,
    }),
  }),
}
