import { type Static, Type } from 'typebox'
import { RiskBudget } from '#shared/catalog/gates/index.ts'
import { assetTypes, cadences, horizons } from '#shared/contract/models.ts'
import { PackId } from '#shared/contract/schemas.ts'
import { LabelBlock, oneOf, PartialFlowBlock, PartialTimeBlock, Session } from './blocks.ts'

/** How runs of a pack are ranked once they pass the gate (engine.md 8). */
export const scoreFamilies = ['options', 'trend', 'long'] as const
export type ScoreFamily = (typeof scoreFamilies)[number]

/** `pack.yaml`: what the models of a pack share. */
export const PackFile = Type.Object(
  {
    id: PackId,
    name: Type.String({ minLength: 1, maxLength: 100 }),
    description: Type.String({ maxLength: 2000 }),
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    asset_types: Type.Array(oneOf(assetTypes), { minItems: 1, maxItems: 2 }),
    horizon: oneOf(horizons),
    cadence: oneOf(cadences),
    session: Type.Optional(Session),
    label: LabelBlock,
    default_indicator_set: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    flow: Type.Optional(PartialFlowBlock),
    time: Type.Optional(PartialTimeBlock),
    templates: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 80 }), { maxItems: 100 })),
    score: oneOf(scoreFamilies),
    risk_budgets: Type.Object(
      { conservative: RiskBudget, balanced: RiskBudget, aggressive: RiskBudget },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)
export type PackFile = Static<typeof PackFile>
