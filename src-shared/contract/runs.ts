import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import {
  DateRangeQuery,
  IdParam,
  Json,
  limitOf,
  ModelId,
  NumberOrNull,
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
    description: 'By either endpoint, with parameters, figures and lineage.',
    example: { query: { pack_id: 'zerosigma', limit: 10 } },
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
    description: 'With the features in the order of the artifact’s input.',
    example: { query: { pack_id: 'zerosigma', limit: 10 } },
    query,
    reply: Type.Object({
      rows: Type.Array(
        Type.Object({ ...run, model_out_uri: Type.String(), features: Type.Array(Type.String()) }),
      ),
      total: Type.Integer(),
      ...Page,
    }),
  }),
  getTrainingImportance: defineEndpoint({
    method: 'GET',
    path: '/training_runs/:id/importance',
    tag: 'Runs',
    summary: 'What each feature is worth to a trained model: split gain, and the out-of-fold loss without it',
    description:
      'Permutation importance is the rise of the out-of-fold log loss when a feature’s values are shuffled within the test part.',
    example: { params: { id: '1' } },
    params: Type.Object({ id: IdParam }),
    reply: Type.Object({
      training_run_id: Type.String(),
      model_id: Type.String(),
      artifact: Type.String(),
      rows: Type.Array(
        Type.Object({
          feature: Type.String(),
          gain: Type.Number({ description: 'Sum of split gains; for logistic absolute coefficients' }),
          permutation: Type.Union([Type.Number(), Type.Null()], {
            description: 'Mean increase of the out-of-fold log loss when the feature is shuffled, 5 shuffles',
          }),
          permutation_std: NumberOrNull,
        }),
        { description: 'At most 50, the largest gain first' },
      ),
    }),
  }),
}
