import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import {
  DateRangeQuery,
  Json,
  limitOf,
  ModelId,
  offset,
  PackId,
  Page,
  StringOrNull,
  Tag,
  Timestamp,
} from './schemas.ts'

const query = Type.Object(
  {
    pack_id: Type.Optional(PackId),
    model_id: Type.Optional(ModelId),
    tag: Type.Optional(Tag),
    ...DateRangeQuery,
    limit: limitOf(20),
    offset,
  },
  { additionalProperties: false },
)

const run = {
  id: Type.Integer(),
  pack_id: Type.String(),
  model_id: StringOrNull,
  tag: StringOrNull,
  started_at: Timestamp,
  finished_at: Timestamp,
  params: Json,
  metrics: Json,
  lineage: Json,
  created_at: Timestamp,
}

export const runs = {
  listBuildRuns: defineEndpoint({
    method: 'GET',
    path: '/build_runs',
    tag: 'Runs',
    summary: 'Matrix builds, newest first',
    query,
    reply: Type.Object({
      rows: Type.Array(Type.Object({ ...run, out_csv_uri: Type.String(), matrix_sha: Type.String() })),
      total: Type.Integer(),
      ...Page,
    }),
  }),
  listTrainingRuns: defineEndpoint({
    method: 'GET',
    path: '/training_runs',
    tag: 'Runs',
    summary: 'Trained models, newest first',
    query,
    reply: Type.Object({
      rows: Type.Array(
        Type.Object({ ...run, model_out_uri: Type.String(), features: Type.Array(Type.String()) }),
      ),
      total: Type.Integer(),
      ...Page,
    }),
  }),
}
