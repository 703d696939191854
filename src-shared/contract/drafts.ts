import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { IndicatorEntry, indicatorSetFields, NewModelBody } from './models.ts'
import { FileProblem, PolicyChecks, YamlText } from './policy.ts'
import { Json, ModelId, Nullable, PackId, StringOrNull } from './schemas.ts'

const problems = Type.Array(FileProblem)
const closed = { additionalProperties: false }
const ofModel = { model_id: ModelId, pack_id: Type.Optional(PackId) }

/** What a config means once its pack and the catalogues have completed it. */
const Effective = Type.Object({
  ticker: StringOrNull,
  asset_type: Type.String(),
  horizon: Type.String(),
  cadence: Type.String(),
  session: Type.String(),
  algorithm: Type.String(),
  hyperparams: Nullable(Json),
  label: Type.String(),
  indicator_set: StringOrNull,
  features: Nullable(Type.Array(Type.String())),
  train_window: Nullable(Type.Object({ start: Type.String(), end: Type.String() })),
})

const tried = {
  text: Type.String({ description: 'The file as it would be written' }),
  config: Nullable(Json),
  problems,
  effective: Nullable(Effective),
  columns: Type.Array(Type.String(), { description: 'Columns that its indicators give a matrix' }),
  buildable: Type.Boolean(),
  reason: StringOrNull,
}

const IndicatorState = Type.Object({
  spelling: StringOrNull,
  name: StringOrNull,
  params: Json,
  outputs: Type.Array(Type.String()),
  warmup: Type.Integer(),
  warmup_unit: Type.String(),
  problem: StringOrNull,
})

const Choice = Type.Object({ id: Type.String(), title: Type.String(), doc: Type.String(), schema: Json })

/** Texts that are not written yet: what would come of them, with every mistake at its line. */
export const drafts = {
  checkModel: defineEndpoint({
    method: 'POST',
    path: '/models/check',
    tag: 'Models',
    reads: true,
    summary: 'What POST /models would make of the same body; nothing is written',
    description:
      'Mistakes are answers: an id that is taken, a name that is not there, with the nearest known one.',
    example: { body: { ticker: 'SPY', variant: 'mine', pack_id: 'zerosigma' } },
    body: NewModelBody,
    reply: Type.Object({ model_id: StringOrNull, path: StringOrNull, ...tried }),
  }),
  getModelForm: defineEndpoint({
    method: 'GET',
    path: '/model_form',
    tag: 'Models',
    summary: 'What a model config of a pack may say, and what holds where it says nothing',
    description: 'For forms: the schema of a config, the names it may use, the labels with their parameters.',
    example: { query: { pack_id: 'zerosigma' } },
    query: Type.Object({ pack_id: PackId }, closed),
    reply: Type.Object({
      schema: Type.Unsafe<Record<string, unknown>>({ ...Json, description: 'JSON Schema of a config' }),
      defaults: Json,
      indicator_sets: Type.Array(Type.String()),
      policies: Type.Array(Type.String()),
      labels: Type.Array(Choice),
      hyperparams: Type.Record(Type.String(), Json, { description: 'Defaults by algorithm' }),
    }),
  }),
  checkModelConfig: defineEndpoint({
    method: 'POST',
    path: '/model_config/check',
    tag: 'Models',
    reads: true,
    summary: 'What a text of a model config would mean, with changes of a form merged in; nothing is written',
    description:
      'Changes are merged as PATCH /models/{model_id} merges them: comments and the order of keys stay. Each mistake has its line and column.',
    example: {
      body: {
        model_id: 'spy_opt_0dte_hourly',
        text: 'model_id: spy_opt_0dte_hourly\nticker: SPY\n',
        changes: { model: 'rf' },
      },
    },
    body: Type.Object({ ...ofModel, text: YamlText, changes: Type.Optional(Json) }, closed),
    reply: Type.Object(tried),
  }),
  checkPolicy: defineEndpoint({
    method: 'POST',
    path: '/policy/check',
    tag: 'Policy',
    reads: true,
    summary: 'What a text of a policy would mean; nothing is written',
    description: 'Checked against its schema, the matrix of the model and itself, as PUT /policy would.',
    example: { body: { model_id: 'spy_opt_0dte_hourly', text: 'name: mine\nversion: 1\n' } },
    body: Type.Object({ ...ofModel, text: YamlText }, closed),
    reply: Type.Object({ path: Type.String(), problems, checks: PolicyChecks }),
  }),
  getIndicatorSet: defineEndpoint({
    method: 'GET',
    path: '/indicator_set',
    tag: 'Models',
    summary: 'One indicator set as its file stands, and the models that are built from it',
    description: 'Of a file that cannot be read the text and its problems.',
    example: { query: { pack_id: 'zerosigma', name: 'zerosigma_default' } },
    query: Type.Object({ pack_id: PackId, name: Type.String({ minLength: 1, maxLength: 100 }) }, closed),
    reply: Type.Object({
      name: Type.String(),
      pack_id: Type.String(),
      path: Type.String(),
      description: StringOrNull,
      version: Nullable(Type.Integer()),
      indicators: Type.Array(Type.String({ description: 'Canonical spelling, rsi__period=14' })),
      text: Type.String(),
      problems,
      used_by: Type.Array(Type.String()),
    }),
  }),
  checkIndicatorSet: defineEndpoint({
    method: 'POST',
    path: '/indicator_sets/check',
    tag: 'Models',
    reads: true,
    summary: 'What POST /indicator_sets would make of the same body; nothing is written',
    description: 'Each entry with the columns it gives, or what is wrong with it and what was meant.',
    example: {
      body: {
        pack_id: 'zerosigma',
        name: 'mine',
        indicators: ['rsi__period=14', { name: 'macd', fast: 12 }],
      },
    },
    body: Type.Object(
      { ...indicatorSetFields, indicators: Type.Array(IndicatorEntry, { maxItems: 300 }) },
      closed,
    ),
    reply: Type.Object({
      path: StringOrNull,
      text: Type.Union([Type.String(), Type.Null()], {
        description: 'The file as it would be written, null where it cannot be',
      }),
      entries: Type.Array(IndicatorState),
      columns: Type.Array(Type.String()),
      problems,
    }),
  }),
}
