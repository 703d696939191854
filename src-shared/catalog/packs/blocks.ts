import { type Static, Type } from 'typebox'
import { partial } from '#shared/catalog/models/partial.ts'
import { IsoDate } from '#shared/contract/schemas.ts'

// Pieces that several pack files share.

export const oneOf = <const T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: values })

/** `rsi__period=14`, or `{ name: rsi, period: 14 }`; what it means is the catalogue's business. */
export const IndicatorSpec = Type.Union([
  Type.String({ minLength: 1, maxLength: 300 }),
  Type.Record(Type.String(), Type.Unknown()),
])

/** `{ type: next_bar_updown, horizon: 1 }`, or a name alone; what it means is the label catalogue's business. */
export const LabelBlock = Type.Union([
  Type.String({ minLength: 1, maxLength: 100 }),
  Type.Record(Type.String(), Type.Unknown()),
])

/** Option flow columns of a 0DTE matrix (engine.md 2). */
export const FlowBlock = Type.Object(
  {
    per_distance: Type.Boolean({ default: true, description: 'One column per strike around the anchor' }),
    totals: Type.Boolean({ default: true }),
    ratios: Type.Boolean({ default: true }),
    atm: Type.Boolean({ default: true }),
    distance_max: Type.Integer({ minimum: 0, maximum: 50, default: 7 }),
  },
  { additionalProperties: false },
)
export type FlowBlock = Static<typeof FlowBlock>
export const PartialFlowBlock = partial(FlowBlock)

/** Calendar columns added to every row. */
export const TimeBlock = Type.Object(
  { day_of_week: Type.Boolean({ default: false }), hour_of_day: Type.Boolean({ default: false }) },
  { additionalProperties: false },
)
export type TimeBlock = Static<typeof TimeBlock>
export const PartialTimeBlock = partial(TimeBlock)

export const TrainWindow = Type.Object({ start: IsoDate, end: IsoDate }, { additionalProperties: false })

export const Session = oneOf(['regular', 'extended'])
