import type { TemplateFile } from '#shared/catalog/packs/template.ts'
import { SigmaError } from '#shared/errors.ts'
import type { FoundFile } from './pack-files.ts'
import { parseYaml } from './parse-yaml.ts'
import type { SourceIndex } from './source-index.ts'
import type { AssembledPack, PackStore } from './types.ts'

type TemplateEdits = Pick<PackStore, 'templateText' | 'inspectTemplate' | 'writeTemplate'>

interface Means {
  packById: (packId: string) => AssembledPack
  inTurn: <T>(edit: () => Promise<T>) => Promise<T>
  write: (file: FoundFile, text: string, expected: string | null) => Promise<void>
}

/** Templates as files of their pack. */
export function createTemplateEdits(index: SourceIndex, { packById, inTurn, write }: Means): TemplateEdits {
  /** The file that holds the template, else the one that would. */
  const fileOf = (packId: string, templateId: string): FoundFile => {
    const { id, templates } = packById(packId)
    const known = templates.find(({ summary }) => summary.template_id === templateId)
    if (known !== undefined) return known.source
    const path = `packs/${id}/model_templates/${templateId}.yaml`
    return { path, packId: id, kind: 'template', stem: templateId }
  }
  const textOf = ({ path }: FoundFile): string | null => index.source(path)?.text ?? null

  return {
    templateText: (packId, templateId) => textOf(fileOf(packId, templateId)),

    inspectTemplate(packId, templateId, text) {
      const file = fileOf(packId, templateId)
      const problems = index.tryText(file, text).problems.filter(({ path }) => path === file.path)
      const { value } = parseYaml(file.path, text)
      return { template: value as TemplateFile, problems }
    },

    writeTemplate: (packId, templateId, text, readText) =>
      inTurn(async () => {
        const file = fileOf(packId, templateId)
        if (textOf(file) !== readText) {
          throw new SigmaError('CONFLICT', `${file.path} was changed on disk; look at it again and retry`)
        }
        await write(file, text, readText)
        return { path: file.path }
      }),
  }
}
