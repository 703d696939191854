import { type Static, Type } from 'typebox'
import { assetTypes, cadences, horizons } from '#shared/contract/models.ts'
import { oneOf } from './blocks.ts'
import { modelSettings } from './model-config.ts'

/** `model_templates/<template_id>.yaml`: what a new model starts from. */
export const TemplateFile = Type.Object(
  {
    template_id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$' }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    template_version: Type.Integer({ minimum: 1 }),
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    asset_type: oneOf(assetTypes),
    horizon: oneOf(horizons),
    cadence: oneOf(cadences),
    config: Type.Object(modelSettings, { additionalProperties: false }),
  },
  { additionalProperties: false },
)
export type TemplateFile = Static<typeof TemplateFile>
