import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Json } from './schemas.ts'

export const IndicatorSummary = Type.Object({
  name: Type.String(),
  title: Type.String(),
  category: Type.String(),
  subcategory: Type.String(),
  params: Type.Array(Type.String()),
  schema: Json,
  outputs: Type.Array(Type.String({ description: 'Column names with default parameters' })),
  inputs: Type.Array(Type.String({ description: 'What it reads with default parameters' })),
  needs: Type.Array(Type.String({ description: 'Series that must be there' })),
  aliases: Type.Array(Type.String()),
  warmup: Type.Integer(),
  warmup_unit: Type.String(),
  lag_sessions: Type.Integer({
    description: 'Sessions between the newest data it reads and an intraday row',
  }),
  recursive: Type.Boolean(),
  doc: Type.String(),
  source: Type.String(),
})

export const indicators = {
  listIndicators: defineEndpoint({
    method: 'GET',
    path: '/indicators',
    tag: 'Indicators',
    summary: 'The indicator catalogue, flat or grouped by category and subcategory',
    description:
      'Grouped only the names. The catalogue is part of the program, so there is no cache that could be stale: bypass_cache changes nothing.',
    example: { query: { group: true } },
    query: Type.Object(
      {
        group: Type.Optional(Type.Boolean({ default: false })),
        bypass_cache: Type.Optional(
          Type.Boolean({ default: false, description: 'Accepted; nothing is cached' }),
        ),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      indicators: Type.Optional(Type.Array(IndicatorSummary)),
      groups: Type.Optional(
        Type.Record(Type.String(), Type.Record(Type.String(), Type.Array(Type.String()))),
      ),
    }),
  }),
  getIndicatorStatus: defineEndpoint({
    method: 'GET',
    path: '/indicators/status',
    tag: 'Indicators',
    summary: 'How many indicators are registered',
    description: '`load_errors` names those that could not be registered.',
    reply: Type.Object({ count: Type.Integer(), load_errors: Type.Array(Type.String()) }),
  }),
}
