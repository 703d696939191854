import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { assetTypes, cadences, horizons } from './models.ts'
import { IndicatorSetSummary, PackMeta, PackProblem, TemplateSummary } from './packs.ts'
import { YamlText } from './policy.ts'
import { Json, PackId, Timestamp } from './schemas.ts'

const access = { tag: 'Admin', role: 'admin' } as const
const closed = { additionalProperties: false }
const oneOf = <const T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: values })

const query = Type.Object({ pack: Type.Optional(PackId) }, closed)
const TemplateId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$', description: 'Template id' })
const params = Type.Object({ template_id: TemplateId })

const settings = {
  asset_type: Type.Optional(oneOf(assetTypes)),
  description: Type.Optional(Type.String({ maxLength: 2000 })),
  config: Type.Optional(
    Type.Unsafe<Record<string, unknown>>({ ...Json, description: 'What a model config may say' }),
  ),
}

const NewTemplate = Type.Object(
  {
    template_id: TemplateId,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    pack: PackId,
    horizon: oneOf(horizons),
    cadence: oneOf(cadences),
    ...settings,
  },
  closed,
)

const TemplateRow = Type.Object({
  ...TemplateSummary.properties,
  status: oneOf(['draft', 'published']),
  updated_at: Type.Union([Timestamp, Type.Null()], { description: 'Of a draft; published ones are files' }),
  problems: Type.Array(PackProblem, { description: 'What keeps a draft from being published' }),
  text: Type.String({ description: 'The YAML file' }),
})

export const adminPacks = {
  listAdminPacks: defineEndpoint({
    ...access,
    method: 'GET',
    path: '/admin/packs',
    summary: 'Every pack with what it holds and what is wrong with it',
    description: '`problems` have file, line and column.',
    reply: Type.Object({
      packs: Type.Array(
        Type.Object({
          id: Type.String(),
          meta: PackMeta,
          models: Type.Integer(),
          indicator_sets: Type.Integer(),
          templates: Type.Integer(),
          drafts: Type.Integer(),
          problems: Type.Array(PackProblem),
        }),
      ),
    }),
  }),
  listAdminIndicatorSets: defineEndpoint({
    ...access,
    method: 'GET',
    path: '/admin/indicator_sets',
    summary: 'Indicator sets, of one pack or of all',
    description: 'Their indicators in the canonical spelling.',
    example: { query: { pack: 'zerosigma' } },
    query,
    reply: Type.Object({ indicator_sets: Type.Array(IndicatorSetSummary) }),
  }),
  listAdminTemplates: defineEndpoint({
    ...access,
    method: 'GET',
    path: '/admin/templates',
    summary: 'Model templates, drafts and published ones, of one pack or of all',
    description: 'A draft of a published template stands beside it until it is published.',
    example: { query: { pack: 'zerosigma' } },
    query,
    reply: Type.Object({ templates: Type.Array(TemplateRow) }),
  }),
  createTemplate: defineEndpoint({
    ...access,
    method: 'POST',
    path: '/admin/templates',
    summary: 'Draft a model template',
    description: 'Without a config the draft starts from that of the pack’s template which fits it best.',
    example: {
      body: {
        template: {
          template_id: 'my_hourly',
          name: 'My hourly options',
          pack: 'zerosigma',
          horizon: '0dte',
          cadence: 'hourly',
        },
      },
    },
    body: Type.Object({ template: NewTemplate }, closed),
    reply: Type.Object({ template_id: Type.String(), template: TemplateRow }),
  }),
  updateTemplate: defineEndpoint({
    ...access,
    method: 'PATCH',
    path: '/admin/templates/:template_id',
    summary:
      'Merge changes into a draft; a published template gets one, and stays as it is until that is published',
    description: 'Fields not named stay.',
    example: { params: { template_id: 'my_hourly' }, body: { template: { name: 'A better name' } } },
    params,
    body: Type.Object(
      {
        template: Type.Partial(NewTemplate, closed),
        text: Type.Optional(
          Type.Unsafe<string>({
            ...YamlText,
            description: 'The whole file, before the changes are merged in',
          }),
        ),
        if_text: Type.Optional(
          Type.Unsafe<string>({
            ...YamlText,
            description: 'Refused with CONFLICT where the draft is another',
          }),
        ),
      },
      closed,
    ),
    reply: Type.Object({ template_id: Type.String(), template: TemplateRow }),
  }),
  checkTemplate: defineEndpoint({
    ...access,
    method: 'POST',
    path: '/admin/templates/:template_id/check',
    reads: true,
    summary: 'What a text of a template would mean, with changes of a form merged in; nothing is kept',
    description: 'Mistakes are answers, each with its line and column.',
    example: {
      params: { template_id: '0dte_hourly_options' },
      body: { pack: 'zerosigma', text: 'template_id: 0dte_hourly_options\nname: Zero days, hourly\n' },
    },
    params,
    body: Type.Object({ pack: PackId, text: YamlText, changes: Type.Optional(Json) }, closed),
    reply: Type.Object({
      text: Type.String(),
      config: Type.Union([Json, Type.Null()], { description: 'The text as a mapping, mistakes and all' }),
      problems: Type.Array(PackProblem),
    }),
  }),
  discardTemplate: defineEndpoint({
    ...access,
    method: 'DELETE',
    path: '/admin/templates/:template_id',
    summary: 'Throw a draft away; what is published stays',
    description: 'The reply holds the draft, to draft it again. NOT_FOUND where there is none.',
    example: { params: { template_id: 'my_hourly_options' } },
    params,
    reply: Type.Object({ template: TemplateRow }),
  }),
  publishTemplate: defineEndpoint({
    ...access,
    method: 'POST',
    path: '/admin/templates/:template_id/publish',
    summary: 'Write a draft to its pack, one version up',
    description: 'From then on it can be chosen for new models; models made before keep their config.',
    example: { params: { template_id: 'my_hourly' } },
    params,
    query: Type.Object(
      {
        overwrite: Type.Optional(
          Type.Boolean({
            default: false,
            description: 'Also when the file was edited since the draft was made',
          }),
        ),
      },
      closed,
    ),
    reply: Type.Object({ template_id: Type.String(), version: Type.Integer(), path: Type.String() }),
  }),
}
