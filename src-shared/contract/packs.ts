import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Json, PackId } from './schemas.ts'

export const PackMeta = Type.Object({
  name: Type.String(),
  description: Type.String(),
  horizon: Type.Optional(Type.String()),
  cadence: Type.Optional(Type.String()),
})

export const TemplateSummary = Type.Object({
  pack: Type.String(),
  template_id: Type.String(),
  name: Type.String(),
  description: Type.Optional(Type.String()),
  asset_type: Type.String(),
  horizon: Type.String(),
  cadence: Type.String(),
  template_version: Type.Integer(),
  config: Type.Optional(Json),
})

export const IndicatorSetSummary = Type.Object({
  name: Type.String(),
  pack_id: Type.String(),
  path: Type.String(),
  description: Type.Optional(Type.String()),
  version: Type.Optional(Type.Integer()),
  indicators: Type.Array(Type.String({ description: 'Canonical spelling, rsi__period=14' })),
})

/** A YAML file that could not be read or does not hold together; the rest of the pack works on. */
export const PackProblem = Type.Object({
  path: Type.String(),
  line: Type.Union([Type.Integer(), Type.Null()]),
  column: Type.Union([Type.Integer(), Type.Null()]),
  message: Type.String(),
})

const packParams = Type.Object({ pack_id: PackId })

export const packs = {
  listPacks: defineEndpoint({
    method: 'GET',
    path: '/packs',
    tag: 'Packs',
    summary: 'Every pack of the workspace',
    description: 'The packs of the folder `packs/`, read again whenever a file there is saved.',
    reply: Type.Object({
      packs: Type.Array(
        Type.Object({
          id: Type.String(),
          meta: PackMeta,
          models: Type.Integer(),
          problems: Type.Array(PackProblem),
        }),
      ),
    }),
  }),
  getPack: defineEndpoint({
    method: 'GET',
    path: '/packs/:pack_id',
    tag: 'Packs',
    summary: 'One pack with its indicator sets, templates, models and risk budgets',
    description: '`problems` are the files of the pack that could not be read, with line and column.',
    example: { params: { pack_id: 'zerosigma' } },
    params: packParams,
    reply: Type.Object({
      pack: Type.Object({
        id: Type.String(),
        meta: PackMeta,
        label: Json,
        risk_budgets: Type.Record(Type.String(), Json),
        indicator_sets: Type.Array(IndicatorSetSummary),
        templates: Type.Array(TemplateSummary),
        models: Type.Array(Type.String()),
        problems: Type.Array(PackProblem),
      }),
    }),
  }),
  listPackTemplates: defineEndpoint({
    method: 'GET',
    path: '/packs/:pack_id/templates',
    tag: 'Packs',
    summary: 'Model templates of a pack',
    description: 'Published templates, each in its newest version. Drafts are in /admin/templates.',
    example: { params: { pack_id: 'zerosigma' } },
    params: packParams,
    reply: Type.Object({ templates: Type.Array(TemplateSummary) }),
  }),
  listPackIndicatorSets: defineEndpoint({
    method: 'GET',
    path: '/packs/:pack_id/indicator_sets',
    tag: 'Packs',
    summary: 'Indicator sets of a pack',
    description: 'The sets of the pack and those of single models.',
    example: { params: { pack_id: 'zerosigma' } },
    params: packParams,
    reply: Type.Object({ indicator_sets: Type.Array(IndicatorSetSummary) }),
  }),
}
