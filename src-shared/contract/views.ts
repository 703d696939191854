import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { IdParam, Timestamp } from './schemas.ts'

const Screen = Type.String({ pattern: '^[a-z][a-z-]{0,39}$', description: 'Screen of the page: leaderboard' })
const Params = Type.Record(Type.String(), Type.String({ maxLength: 2000 }), { maxProperties: 40 })

const View = Type.Object({
  id: Type.String(),
  screen: Type.String(),
  name: Type.String(),
  params: Params,
  created_at: Timestamp,
})

export const views = {
  listViews: defineEndpoint({
    method: 'GET',
    path: '/views',
    tag: 'Views',
    summary: 'Saved views of a screen, by name',
    description: 'A view is the parameters of a link, #/leaderboard?pass_gate=1, under a name.',
    example: { query: { screen: 'leaderboard' } },
    query: Type.Object({ screen: Screen }, { additionalProperties: false }),
    reply: Type.Object({ rows: Type.Array(View) }),
  }),
  saveView: defineEndpoint({
    method: 'POST',
    path: '/views',
    tag: 'Views',
    summary: 'Save a view under a name; one of the same name is replaced',
    description: 'Kept in the ledger, so it survives restarts and goes with the workspace.',
    example: {
      body: { screen: 'leaderboard', name: 'Passing by DSR', params: { order_by: 'dsr', pass_gate: '1' } },
    },
    body: Type.Object(
      { screen: Screen, name: Type.String({ minLength: 1, maxLength: 60 }), params: Params },
      { additionalProperties: false },
    ),
    reply: Type.Object({ view: View }),
  }),
  deleteView: defineEndpoint({
    method: 'DELETE',
    path: '/views/:id',
    tag: 'Views',
    summary: 'Forget a saved view',
    description: 'The reply holds it, so that it can be saved again.',
    example: { params: { id: '1' } },
    params: Type.Object({ id: IdParam }),
    reply: Type.Object({ view: View }),
  }),
}
