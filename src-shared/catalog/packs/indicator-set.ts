import { type Static, Type } from 'typebox'
import { IndicatorSpec } from './blocks.ts'

/** `indicator_sets/<name>.yaml`: columns a matrix gets, in this order. */
export const IndicatorSetFile = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    indicators: Type.Array(IndicatorSpec, { minItems: 1, maxItems: 300 }),
  },
  { additionalProperties: false },
)
export type IndicatorSetFile = Static<typeof IndicatorSetFile>
