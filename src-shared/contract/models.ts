import { Type } from 'typebox'
import { Drift } from './drift.ts'
import { defineEndpoint } from './endpoint.ts'
import { RunMetrics } from './metrics.ts'
import { TemplateSummary } from './packs.ts'
import { FileProblem, YamlText } from './policy.ts'
import {
  DateRangeQuery,
  IsoDate,
  Json,
  ModelId,
  Nullable,
  NumberOrNull,
  PackId,
  RiskProfile,
  StringOrNull,
  Ticker,
  Timestamp,
} from './schemas.ts'
import { LiveMetrics, Period } from './signals.ts'

const oneOf = <const T extends string>(values: readonly T[], fallback?: T) =>
  Type.Unsafe<T>({ type: 'string', enum: values, ...(fallback === undefined ? {} : { default: fallback }) })

export const assetTypes = ['opt', 'eq'] as const
export const horizons = ['0dte', 'intraday', 'swing', 'long'] as const
export const cadences = ['5m', '15m', 'hourly', 'daily'] as const
export const algorithms = ['gbm', 'xgb', 'rf', 'logistic'] as const

/** What a new model is made of; where no template is named, the one that fits best is taken. */
export const NewModelBody = Type.Object(
  {
    ticker: Ticker,
    asset_type: Type.Optional(oneOf(assetTypes, 'opt')),
    horizon: Type.Optional(oneOf(horizons, '0dte')),
    cadence: Type.Optional(oneOf(cadences, 'hourly')),
    algo: Type.Optional(oneOf(algorithms, 'gbm')),
    variant: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$' })),
    pack_id: Type.Optional(Type.Unsafe<string>({ ...PackId, default: 'zerosigma' })),
    indicator_set_name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    template_id: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    train_window: Type.Optional(
      Type.Object({ start: IsoDate, end: IsoDate }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
)

/** What an indicator set is written from. */
export const indicatorSetFields = {
  pack_id: PackId,
  scope: Type.Optional(oneOf(['pack', 'model'] as const, 'pack')),
  model_id: Type.Optional(ModelId),
  name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$' }),
  description: Type.Optional(Type.String({ maxLength: 500 })),
}
export const IndicatorEntry = Type.Union([Type.String({ maxLength: 300 }), Json])

/** How the runs of a model did against one risk profile. */
const ProfileStanding = Type.Object({
  profile: RiskProfile,
  runs: Type.Integer(),
  passing: Type.Integer(),
  trained: Type.Boolean({ description: 'A model file for this profile is there' }),
})

export const ModelSummary = Type.Object({
  id: Type.String(),
  pack_id: Type.String(),
  path: Type.String(),
  ticker: StringOrNull,
  asset_type: Type.String(),
  horizon: Type.String(),
  cadence: Type.String(),
  algorithm: Type.String(),
  label: Type.String({ description: 'Label in short, such as next_bar_updown(1)' }),
  indicator_set: StringOrNull,
  buildable: Type.Boolean({ description: 'Has a ticker with data in the lake and a label' }),
  reason: StringOrNull,
  data_source: StringOrNull,
  simulated: Type.Boolean(),
  train_window: Type.Union([Type.Object({ start: Type.String(), end: Type.String() }), Type.Null()]),
  standing: Type.Array(ProfileStanding, { description: 'One for each risk profile' }),
})

export const models = {
  createModel: defineEndpoint({
    method: 'POST',
    path: '/models',
    tag: 'Models',
    summary: 'Create a model: its config and policy files',
    description:
      'The id is made of ticker, asset type, horizon, cadence and variant, and is unique in the workspace: CONFLICT where it exists. The config starts from the template of the pack that fits best.',
    example: {
      body: { ticker: 'SPY', asset_type: 'opt', horizon: '0dte', cadence: 'hourly', pack_id: 'zerosigma' },
    },
    body: NewModelBody,
    reply: Type.Object({
      model_id: Type.String(),
      paths: Type.Object({ config: Type.String(), policy: Type.String() }),
      message: Type.String(),
    }),
  }),
  listModels: defineEndpoint({
    method: 'GET',
    path: '/models',
    tag: 'Models',
    summary: 'Every model, or those of one pack',
    description:
      'With each model whether it can be built on the data that is here, and if not, what is missing.',
    example: { query: { pack_id: 'zerosigma' } },
    query: Type.Object({ pack_id: Type.Optional(PackId) }, { additionalProperties: false }),
    reply: Type.Object({ models: Type.Array(ModelSummary), count: Type.Integer() }),
  }),
  updateModel: defineEndpoint({
    method: 'PATCH',
    path: '/models/:model_id',
    tag: 'Models',
    summary: 'Merge a partial configuration into a model config; comments and key order of the file stay',
    description:
      'Objects are merged, lists and values replaced, null removes. The result is validated as a whole; nothing is written unless it is good.',
    example: {
      params: { model_id: 'spy_opt_0dte_hourly' },
      body: { pack_id: 'zerosigma', config: { hyperparams: { max_depth: 8 } } },
    },
    params: Type.Object({ model_id: ModelId }),
    body: Type.Object({ pack_id: Type.Optional(PackId), config: Json }, { additionalProperties: false }),
    reply: Type.Object({ path: Type.String(), config: Json }),
  }),
  getModelPerformance: defineEndpoint({
    method: 'GET',
    path: '/models/:model_id/performance',
    tag: 'Models',
    summary: 'How a model does live, and how its newest backtest said it would',
    description: 'Live figures need fills (`POST /signals/import`); without any they are null.',
    example: { params: { model_id: 'spy_opt_0dte_hourly' } },
    params: Type.Object({ model_id: ModelId }),
    query: Type.Object(
      { risk_profile: Type.Optional(RiskProfile), ...DateRangeQuery },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      model_id: Type.String(),
      risk_profile: RiskProfile,
      live: Type.Object({
        period: Period,
        metrics: LiveMetrics,
        least: Type.Integer({
          description:
            'Closed trades under which the figures tell more of luck than of the model; of drift, rows',
        }),
        drift: Drift,
      }),
      backtest: Nullable(
        Type.Object({
          backtest_run_id: Type.String(),
          started_at: Timestamp,
          risk_profile: RiskProfile,
          metrics: Type.Object({
            ...Type.Partial(RunMetrics).properties,
            best_sharpe_hourly: NumberOrNull,
            best_cum_ret: NumberOrNull,
          }),
        }),
      ),
    }),
  }),
  getModelConfig: defineEndpoint({
    method: 'GET',
    path: '/model_config',
    tag: 'Models',
    summary: 'The config file of a model as it is, with what is wrong with it',
    description:
      'The text as it lies on the disk, comments included; what is wrong with it comes with line and column.',
    example: { query: { model_id: 'spx_eq_swing_daily' } },
    query: Type.Object(
      { model_id: ModelId, pack_id: Type.Optional(PackId) },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      model_id: Type.String(),
      pack_id: Type.String(),
      path: Type.String(),
      text: Type.String({ description: 'The file as it is, to edit and to send back as if_text' }),
      problems: Type.Array(FileProblem),
    }),
  }),
  writeModelConfig: defineEndpoint({
    method: 'PUT',
    path: '/model_config',
    tag: 'Models',
    summary: 'Write the config file of a model; refused with CONFLICT where it is no longer as if_text says',
    description:
      '`if_text` is the text that the edit began from: where the file has changed since, neither edit is lost. A text with errors is refused with line and column.',
    example: {
      body: { model_id: 'spx_eq_swing_daily', text: 'model_id: spx_eq_swing_daily\nticker: SPX\n' },
    },
    body: Type.Object(
      {
        model_id: ModelId,
        pack_id: Type.Optional(PackId),
        text: YamlText,
        if_text: Type.Optional(YamlText),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ path: Type.String(), message: Type.String() }),
  }),
  writeIndicatorSet: defineEndpoint({
    method: 'POST',
    path: '/indicator_sets',
    tag: 'Models',
    summary: 'Create or replace an indicator set of a pack or of one model',
    description:
      'An indicator is a name with parameters (`rsi__period=14`) or an object, its parameters flat or under `params`. Unknown names and parameters are refused with the nearest known one.',
    example: {
      body: {
        pack_id: 'zerosigma',
        scope: 'pack',
        name: 'my_indicator_set',
        indicators: ['rsi__period=14', { name: 'macd', fast_period: 12, slow_period: 26, signal_period: 9 }],
      },
    },
    body: Type.Object(
      {
        ...indicatorSetFields,
        indicators: Type.Array(IndicatorEntry, { minItems: 1, maxItems: 300 }),
        if_text: Type.Optional(
          Type.Union([YamlText, Type.Null()], {
            description: 'Refused with CONFLICT where the file is no longer this; null: where there is one',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ path: Type.String(), count: Type.Integer(), message: Type.String() }),
  }),
  listModelTemplates: defineEndpoint({
    method: 'GET',
    path: '/model_templates',
    tag: 'Models',
    summary: 'Model templates, of all packs or of one',
    description: 'Published templates in their newest version.',
    example: { query: { pack: 'zerosigma' } },
    query: Type.Object({ pack: Type.Optional(PackId) }, { additionalProperties: false }),
    reply: Type.Object({ templates: Type.Array(TemplateSummary) }),
  }),
}
