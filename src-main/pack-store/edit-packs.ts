import { parseRiskBudget } from '#shared/catalog/gates/risk-budget.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import { createTemplateEdits } from './edit-templates.ts'
import { mergeYaml } from './merge-yaml.ts'
import { chooseTemplate, nameModel, writeNewConfig, writeNewPolicy } from './new-model.ts'
import type { FoundFile, PackSource } from './pack-files.ts'
import { problemError } from './problem.ts'
import { replaceFile } from './replace-file.ts'
import { requireModest } from './require-modest.ts'
import type { SourceIndex } from './source-index.ts'
import type { AssembledPack, PackStore } from './types.ts'
import { wholeLabel } from './whole-label.ts'
import { writeSetText } from './write-set.ts'

type Edits = Pick<
  PackStore,
  | 'createModel'
  | 'patchModel'
  | 'patchRiskBudget'
  | 'writeIndicatorSet'
  | 'writeText'
  | 'templateText'
  | 'inspectTemplate'
  | 'writeTemplate'
>
type Lookups = Pick<PackStore, 'model' | 'riskBudget'> & { packById(packId: string): AssembledPack }

const setName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/

/** Everything that writes to packs. One edit runs at a time, and each is checked as a whole pack before a byte is written. */
export function createPackEdits(
  root: string,
  index: SourceIndex,
  rescan: () => void,
  { model, packById, riskBudget }: Lookups,
): Edits {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(edit: () => Promise<T>): Promise<T> => {
    const turn = last.then(edit, edit)
    last = turn.catch(() => undefined)
    return turn
  }

  /** Writes a file that must still be as it was read, and reads it back. After a conflict the newer file is read, so that a retry works. */
  const write = async (file: FoundFile, text: string, expected = index.source(file.path)?.text ?? null) => {
    if (text !== expected) {
      const problems = index.tryText(file, text)
      if (problems.length > 0) throw problemError(problems)
    }
    try {
      await replaceFile(root, file.path, expected, text)
    } finally {
      rescan()
    }
  }

  const sourceOf = (path: string): PackSource => {
    const source = index.source(path)
    if (source === undefined) throw new SigmaError('NOT_FOUND', `${path} does not exist`)
    return source
  }

  return {
    ...createTemplateEdits(index, { packById, inTurn, write }),

    createModel: (request) =>
      inTurn(async () => {
        const pack = packById(request.packId ?? 'zerosigma')
        const named = nameModel(request)
        const { modelId } = named
        for (const other of index.packs().values()) {
          if (other.models.has(modelId) || other.broken.has(modelId)) {
            throw new SigmaError('CONFLICT', `model ${modelId} exists already in pack ${other.id}`)
          }
        }
        const wanted = request.indicatorSetName
        if (wanted !== undefined && !pack.sets.has(wanted)) {
          const near = didYouMean(wanted, pack.sets.keys())
          throw new SigmaError('INVALID_PARAM', `pack ${pack.id} has no indicator set ${wanted}${near}`)
        }
        const template = chooseTemplate(pack, named, request.templateId)
        const base = { packId: pack.id, stem: modelId }
        const config = `packs/${pack.id}/model_configs/${modelId}.yaml`
        const policy = `packs/${pack.id}/policies/${modelId}.yaml`
        const text = writeNewConfig(template, named, request)
        const problems = index.tryText({ ...base, kind: 'model_config', path: config }, text)
        if (problems.length > 0) throw problemError(problems)
        // The policy first: a model is there once its config is, and then it is complete.
        if (index.source(policy) === undefined) {
          await write({ ...base, kind: 'policy', path: policy }, writeNewPolicy(pack, modelId))
        }
        await write({ ...base, kind: 'model_config', path: config }, text)
        return { modelId, paths: { config, policy } }
      }),

    patchModel: (modelId, packId, partial) =>
      inTurn(async () => {
        requireModest(partial, 'config')
        const { path, modelId: id } = model(modelId, packId)
        const source = sourceOf(path)
        const named = partial['model_id']
        if (named !== undefined && named !== id) {
          throw new SigmaError('INVALID_PARAM', `model_id ${JSON.stringify(named)} is not ${id}`)
        }
        await write(source, mergeYaml(source.text, wholeLabel(partial, source.value)))
        return { path, config: model(id, packId).config }
      }),

    patchRiskBudget: (packId, profile, partial) =>
      inTurn(async () => {
        requireModest(partial, 'risk_budget')
        riskBudget(packId, profile, partial)
        const source = sourceOf(`packs/${packId}/pack.yaml`)
        await write(source, mergeYaml(source.text, { risk_budgets: { [profile]: parseRiskBudget(partial) } }))
        return riskBudget(packId, profile)
      }),

    writeIndicatorSet: ({ packId, scope = 'pack', modelId, name, description, indicators }) =>
      inTurn(async () => {
        requireModest(indicators, 'indicators')
        const pack = packById(packId)
        if (scope === 'model' && modelId === undefined) {
          throw new SigmaError('INVALID_PARAM', 'model_id is required where scope is model')
        }
        const stem = scope === 'model' ? model(modelId ?? '', packId).modelId : name
        if (!setName.test(stem)) {
          throw new SigmaError('INVALID_PARAM', `indicator set name ${stem} is not a plain name`)
        }
        const folder = stem === 'indicator_set' ? '' : 'indicator_sets/'
        const path = `packs/${pack.id}/${folder}${stem}.yaml`
        const old = index.source(path)
        if (old !== undefined && old.document === null) throw problemError(old.problems)
        const text = writeSetText(old?.text ?? null, name, description, indicators)
        await write({ path, packId: pack.id, kind: 'indicator_set', stem }, text)
        return { path, count: indicators.length }
      }),

    writeText: (kind, { modelId, packId, path: configPath }, text, readText) =>
      inTurn(async () => {
        const path = kind === 'model_config' ? configPath : `packs/${packId}/policies/${modelId}.yaml`
        const source = index.source(path)
        if (readText !== null && source !== undefined && source.text !== readText) {
          throw new SigmaError('CONFLICT', `${path} was changed on disk; look at it again and retry`)
        }
        const stem = path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length)
        await write({ path, packId, kind, stem }, text, source?.text ?? null)
        return { path }
      }),
  }
}
