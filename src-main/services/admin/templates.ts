import type { TemplateDraft } from '#main/ledger/template-drafts.ts'
import { parseYaml } from '#main/pack-store/parse-yaml.ts'
import { requireSound } from '#main/pack-store/problem.ts'
import { requireModest } from '#main/pack-store/require-modest.ts'
import { editTemplate, writeNewTemplate } from '#main/pack-store/template-text.ts'
import type { TemplateSummary } from '#main/pack-store/types.ts'
import type { RecordAudit } from '#main/server/audit-trail.ts'
import type { TemplateFile } from '#shared/catalog/packs/template.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from '../context.ts'

type Row = ReplyOf<'createTemplate'>['template']
type Draft = Pick<TemplateDraft, 'template_id' | 'pack_id' | 'text' | 'base'>
type Saved = { template_id: string; template: Row }

/** Model templates: drafts in the ledger until they are published to the files of their pack. */
export function createAdminTemplates({ ledger, packStore }: Pick<ServiceContext, 'ledger' | 'packStore'>) {
  const { templateDrafts: drafts } = ledger

  const publishedRow = (summary: TemplateSummary): Row => ({
    ...summary,
    status: 'published',
    updated_at: null,
    problems: [],
    text: packStore.templateText(summary.pack, summary.template_id) ?? '',
  })

  function draftRow({ template_id, pack_id, text, updated_at }: TemplateDraft): Row {
    const { template, problems } = packStore.inspectTemplate(pack_id, template_id, text)
    return { ...template, pack: pack_id, status: 'draft', updated_at, problems, text }
  }

  function save(draft: Draft, record: RecordAudit): Saved {
    const { template_id, pack_id, text } = draft
    requireSound(packStore.inspectTemplate(pack_id, template_id, text).problems)
    const stored = ledger.transaction(() => {
      drafts.put(draft)
      record({ pack_id, details: { template_id } })
      return drafts.get(template_id) as TemplateDraft
    })
    return { template_id, template: draftRow(stored) }
  }

  /** A draft of the published template: its file as it is. */
  function draftOfPublished(template_id: string, packId: string | undefined): Draft {
    const found = packStore.templates(packId).filter((each) => each.template_id === template_id)
    const [first] = found
    if (first === undefined) {
      const known = [...packStore.templates(), ...drafts.list()].map((each) => each.template_id)
      throw new SigmaError('NOT_FOUND', `no template ${template_id}${didYouMean(template_id, known)}`)
    }
    if (found.length > 1) {
      const packs = found.map(({ pack }) => pack).join(' and ')
      throw new SigmaError('INVALID_PARAM', `template ${template_id} is in ${packs}: give the pack`)
    }
    const text = packStore.templateText(first.pack, template_id)
    return { template_id, pack_id: first.pack, text: text ?? '', base: text }
  }

  const versionOf = (packId: string, templateId: string): number =>
    packStore.templates(packId).find((each) => each.template_id === templateId)?.template_version ?? 0

  return {
    async list(packId: string | undefined): Promise<ReplyOf<'listAdminTemplates'>> {
      const published = packStore.templates(packId).map(publishedRow)
      return { templates: [...published, ...drafts.list(packId).map(draftRow)] }
    },

    async create({ template }: InputOf<'createTemplate'>['body'], record: RecordAudit): Promise<Saved> {
      const { template_id, pack, description, ...rest } = template
      requireModest(rest.config, 'config')
      const { asset_types } = packStore.pack(pack).file ?? {}
      const isTaken =
        drafts.get(template_id) !== undefined ||
        packStore.templates().some((each) => each.template_id === template_id) ||
        packStore.templateText(pack, template_id) !== null
      if (isTaken) throw new SigmaError('CONFLICT', `there is a template ${template_id} already`)
      const asset_type = rest.asset_type ?? asset_types?.[0] ?? 'eq'
      const text = writeNewTemplate({
        ...rest,
        ...(description === undefined ? {} : { description }),
        template_id,
        template_version: 1,
        asset_type,
        config: (rest.config ?? nearestConfig(packStore.templates(pack), { ...rest, asset_type })) as Config,
      })
      return save({ template_id, pack_id: pack, text, base: null }, record)
    },

    async update(
      templateId: string,
      { template, text, if_text }: InputOf<'updateTemplate'>['body'],
      record: RecordAudit,
    ): Promise<Saved> {
      const { template_id, pack, ...changes } = template
      requireModest(changes.config, 'config')
      const draft = drafts.get(templateId) ?? draftOfPublished(templateId, pack)
      requireSame('template_id', template_id, templateId)
      requireSame('pack', pack, draft.pack_id)
      if (if_text !== undefined && if_text !== draft.text) {
        throw new SigmaError(
          'CONFLICT',
          `template ${templateId} was changed meanwhile; look at it again and retry`,
        )
      }
      const edited = editTemplate(text ?? draft.text, changes as Partial<TemplateFile>)
      requireOwnId(templateId, edited)
      return save({ ...draft, text: edited }, record)
    },

    async check(
      templateId: string,
      { pack, text, changes }: InputOf<'checkTemplate'>['body'],
    ): Promise<ReplyOf<'checkTemplate'>> {
      const isYaml = parseYaml('', text).problems.length === 0
      const edited = changes === undefined || !isYaml ? text : editTemplate(text, changes)
      const { value } = parseYaml('', edited)
      const config = typeof value === 'object' && !Array.isArray(value) ? (value as Row['config']) : null
      const { problems } = packStore.inspectTemplate(pack, templateId, edited)
      return { text: edited, config: config ?? null, problems }
    },

    async discard(templateId: string, record: RecordAudit): Promise<ReplyOf<'discardTemplate'>> {
      const draft = drafts.get(templateId)
      if (draft === undefined) throw new SigmaError('NOT_FOUND', `template ${templateId} has no draft`)
      const template = draftRow(draft)
      ledger.transaction(() => {
        drafts.remove(templateId)
        record({ pack_id: draft.pack_id, details: { template_id: templateId } })
      })
      return { template }
    },

    async publish(
      template_id: string,
      { overwrite = false }: InputOf<'publishTemplate'>['query'],
      record: RecordAudit,
    ): Promise<ReplyOf<'publishTemplate'>> {
      const draft = drafts.get(template_id)
      if (draft === undefined) {
        const { pack_id } = draftOfPublished(template_id, undefined)
        const message = `template ${template_id} has no draft: version ${versionOf(pack_id, template_id)} is published`
        throw new SigmaError('CONFLICT', message)
      }
      const { pack_id, base } = draft
      const published = packStore.templateText(pack_id, template_id)
      if (published !== base && !overwrite) {
        const message = `template ${template_id} was edited in ${pack_id} since its draft was made: publish with overwrite=true to replace it`
        throw new SigmaError('CONFLICT', message)
      }
      const version = versionOf(pack_id, template_id) + 1
      const text = editTemplate(draft.text, { template_version: version })
      const { path } = await packStore.writeTemplate(pack_id, template_id, text, published)
      ledger.transaction(() => {
        drafts.remove(template_id)
        record({ pack_id, details: { template_id, version } })
      })
      return { template_id, version, path }
    },
  }
}

type Config = TemplateFile['config']
type Traits = Pick<TemplateSummary, 'asset_type' | 'horizon' | 'cadence'>

/** Config of the template that is most like the new one; empty where none is for its asset type. */
function nearestConfig(templates: readonly TemplateSummary[], wanted: Traits): Record<string, unknown> {
  const score = ({ horizon, cadence }: Traits) =>
    Number(horizon === wanted.horizon) * 2 + Number(cadence === wanted.cadence)
  const [nearest] = templates
    .filter(({ asset_type }) => asset_type === wanted.asset_type)
    .sort((a, b) => score(b) - score(a))
  return nearest?.config ?? {}
}

/** A text that names another template would be published over that one. */
function requireOwnId(templateId: string, text: string): void {
  const { value } = parseYaml('', text)
  if (typeof value === 'object' && value !== null) {
    requireSame('template_id', String((value as Partial<TemplateFile>).template_id), templateId)
  }
}

function requireSame(name: string, given: string | undefined, actual: string): void {
  if (given === undefined || given === actual) return
  throw new SigmaError('INVALID_PARAM', `${name} ${given} is not ${actual}: it cannot be changed`)
}
