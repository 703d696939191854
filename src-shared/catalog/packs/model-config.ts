import { type Static, Type } from 'typebox'
import { Hyperparams } from '#shared/catalog/models/hyperparams.ts'
import { algorithms, assetTypes, cadences, horizons } from '#shared/contract/models.ts'
import { ModelId, Ticker } from '#shared/contract/schemas.ts'
import {
  IndicatorSpec,
  LabelBlock,
  oneOf,
  PartialFlowBlock,
  PartialTimeBlock,
  Session,
  TrainWindow,
} from './blocks.ts'

/** Feature names to train on, or (older files) a block of column groups. */
const Features = Type.Union([
  Type.Array(IndicatorSpec, { maxItems: 500 }),
  Type.Object(
    {
      columns: Type.Optional(Type.Array(IndicatorSpec, { maxItems: 500 })),
      flow: Type.Optional(PartialFlowBlock),
      time: Type.Optional(PartialTimeBlock),
    },
    { additionalProperties: false },
  ),
  Type.Null(),
])

/** What a model config says apart from its name and instrument; the body of a template too. */
export const modelSettings = {
  description: Type.Optional(Type.String({ maxLength: 2000 })),
  model: Type.Optional(oneOf([...algorithms, 'none'])),
  task: Type.Optional(oneOf(['classification', 'scan'])),
  hyperparams: Type.Optional(Hyperparams),
  indicator_set: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  policy: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  features: Type.Optional(Features),
  flow: Type.Optional(PartialFlowBlock),
  time: Type.Optional(PartialTimeBlock),
  label: Type.Optional(LabelBlock),
  train_window: Type.Optional(TrainWindow),
  session: Type.Optional(Session),
}

/** `model_configs/<model_id>.yaml`. */
export const ModelConfig = Type.Object(
  {
    model_id: Type.Optional(ModelId),
    ticker: Type.Optional(Type.Union([Ticker, Type.Null()])),
    ...modelSettings,
    asset_type: Type.Optional(oneOf(assetTypes)),
    horizon: Type.Optional(oneOf(horizons)),
    cadence: Type.Optional(oneOf(cadences)),
  },
  { additionalProperties: false },
)
export type ModelConfig = Static<typeof ModelConfig>
