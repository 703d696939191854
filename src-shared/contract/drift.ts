import { type Static, Type } from 'typebox'

const share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description })

const Index = {
  psi: Type.Union([Type.Number(), Type.Null()], {
    description:
      'Population stability index Σ (q − p) ln(q / p) over tenths of the backtest p, missing values as a group of their own, shares floored at 0.0001; null with fewer than 20 values on either hand',
  }),
  usual: Type.Union([Type.Number(), Type.Null()], {
    description:
      'What 95 % of equally long stretches of the backtest do not pass when held against the whole of it: few rows and slow features are far from it without any drift. null where less than two such stretches fit',
  }),
  level: Type.Unsafe<'unknown' | 'stable' | 'moderate' | 'large'>({
    type: 'string',
    enum: ['unknown', 'stable', 'moderate', 'large'],
    description: 'stable up to 0.1 or the usual index, large from 0.25, moderate between',
  }),
}

/** How far live rows are from those that the newest backtest tested. */
export const Drift = Type.Object({
  rows: Type.Integer({
    description: 'Rows that the model decided on in the period, with or without a signal',
  }),
  score: Type.Object(Index),
  features: Type.Array(
    Type.Object({
      feature: Type.String(),
      ...Index,
      missing_backtest: share('Share of the backtest’s rows without a value'),
      missing_live: share('Share of the live rows without a value'),
    }),
    { description: 'Of each feature of the backtest, those furthest beyond their usual index first' },
  ),
})
export type Drift = Static<typeof Drift>
