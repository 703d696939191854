import type { InputOf, ReplyOf } from '#shared/contract/index.ts'

export type TemplateRow = ReplyOf<'listAdminTemplates'>['templates'][number]

/** The requests that make a discarded draft again, to the letter of its file. */
export function draftAgain({ template_id, name, pack, horizon, cadence, text }: TemplateRow): {
  create: InputOf<'createTemplate'>['body']
  update: InputOf<'updateTemplate'>['body']
} {
  const template = {
    template_id,
    name,
    pack,
    horizon,
    cadence,
  } as InputOf<'createTemplate'>['body']['template']
  return { create: { template }, update: { template: { pack }, text } }
}
