import { stringify } from 'yaml'
import type { TemplateFile } from '#shared/catalog/packs/template.ts'
import { mergeYaml } from './merge-yaml.ts'
import { parseYaml } from './parse-yaml.ts'
import { wholeLabel } from './whole-label.ts'

/** Text of a new template's file. */
export function writeNewTemplate(template: TemplateFile): string {
  const { template_id, name, template_version, description, asset_type, horizon, cadence, config } = template
  const head = { template_id, name, template_version, ...(description === undefined ? {} : { description }) }
  return stringify({ ...head, asset_type, horizon, cadence, config }, { lineWidth: 0 })
}

/** A template's text with changes merged in; comments stay, and a config that names another label gets that one whole. */
export function editTemplate(text: string, changes: Partial<TemplateFile>): string {
  const { config, ...head } = changes
  if (config === undefined) return mergeYaml(text, head)
  const now = (parseYaml('', text).value as Partial<TemplateFile> | undefined)?.config
  return mergeYaml(text, { ...head, config: wholeLabel(config, now) })
}
