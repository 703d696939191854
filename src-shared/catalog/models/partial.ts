import { type TObject, type TProperties, Type } from 'typebox'

/** The same object with every key optional; other keys stay refused, which `Type.Partial` alone forgets. */
export const partial = <P extends TProperties>(schema: TObject<P>) =>
  Type.Partial(schema, { additionalProperties: false })
