import { type Static, type TSchema, Type } from 'typebox'

// Shapes that several endpoints share. Replies are open objects: the server adds `ok: true` to each.

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const RiskProfile = Type.Union(
  [Type.Literal('conservative'), Type.Literal('balanced'), Type.Literal('aggressive')],
  { description: 'Risk profile: conservative, balanced or aggressive' },
)
export type RiskProfile = Static<typeof RiskProfile>
export const riskProfiles = ['conservative', 'balanced', 'aggressive'] as const satisfies RiskProfile[]

export const Timestamp = Type.String({ description: 'ISO 8601 in UTC with Z' })
export const IsoDate = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'Date as YYYY-MM-DD',
})
export const ModelId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$', description: 'Model id' })
export const PackId = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,63}$', description: 'Pack id' })
export const Ticker = Type.String({
  pattern: '^[A-Za-z][A-Za-z0-9.:^-]{0,15}$',
  description: 'Ticker symbol',
})
export const Sha = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in hex' })
export const Tag = Type.String({ minLength: 1, maxLength: 100, description: 'Free label' })
export const Json = Type.Record(Type.String(), Type.Unknown())

/** Ids are integers in the ledger; paths accept them as digits. */
export const IdParam = Type.String({ pattern: '^[0-9]{1,15}$', description: 'Numeric id' })

export const limitOf = (fallback: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: fallback, description: 'Rows per page' }))
export const offset = Type.Optional(
  Type.Integer({ minimum: 0, maximum: 1_000_000_000, default: 0, description: 'Rows to skip' }),
)

export const Page = {
  limit: Type.Integer(),
  offset: Type.Integer(),
  next_offset: Type.Integer({ description: 'offset plus the rows returned' }),
}

export const NumberOrNull = Nullable(Type.Number())
export const StringOrNull = Nullable(Type.String())

/** Hours as the documents allow them: "13,14,15" or [13, 14, 15]. Parsed, and refused with a reason, by the service. */
export const HoursList = Type.Union(
  [Type.String({ minLength: 1, maxLength: 200 }), Type.Array(Type.Integer(), { minItems: 1, maxItems: 24 })],
  { description: 'Hours of the day (New York), "13,14,15" or [13, 14, 15]' },
)

/** Thresholds on the directional probability: "0.55,0.60" or [0.55, 0.6]. */
export const ThresholdList = Type.Union(
  [Type.String({ minLength: 1, maxLength: 2000 }), Type.Array(Type.Number(), { minItems: 1, maxItems: 100 })],
  { description: 'Thresholds on the directional probability, each from 0.5 to below 1' },
)

export const Lineage = Type.Object({
  matrix_sha: Type.String(),
  config_sha: Type.Optional(StringOrNull),
  policy_sha: Type.Optional(StringOrNull),
  risk_profile: RiskProfile,
  risk_sha: Type.String(),
})
export type Lineage = Static<typeof Lineage>

export const Gate = Type.Object({ pass: Type.Boolean(), reasons: Type.Array(Type.String()) })
export type Gate = Static<typeof Gate>

/** One line of the gate drawer: what was asked, what was seen. */
export const GateCheck = Type.Object({
  rule: Type.String(),
  reason: Type.String({ description: 'Reason code that a failing check adds to the gate' }),
  status: Type.Union([Type.Literal('pass'), Type.Literal('fail'), Type.Literal('not_applicable')]),
  direction: Type.Union([Type.Literal('at_most'), Type.Literal('at_least'), Type.Literal('within')]),
  limit: Type.Unknown(),
  observed: Type.Unknown(),
  budget_use: Type.Union([Type.Number(), Type.Null()], {
    description: 'Share of the budget used; above 1 fails',
  }),
  worst_fold: Nullable(Type.Object({ fold: Type.Integer(), observed: NumberOrNull })),
  note: Type.Optional(Type.String()),
})
export type GateCheck = Static<typeof GateCheck>

export const ConfigTuple = Type.Object({
  kind: Type.Union([Type.Literal('thr'), Type.Literal('top_pct')]),
  value: Type.String({ description: 'Thresholds "0.55,0.60,0.65", or a share "0.15"' }),
  allowed_hours: Type.Optional(StringOrNull),
  splits: Type.Optional(Type.Integer()),
  tag: Type.Optional(StringOrNull),
})
export type ConfigTuple = Static<typeof ConfigTuple>

export const DateRangeQuery = { start: Type.Optional(IsoDate), end: Type.Optional(IsoDate) }
