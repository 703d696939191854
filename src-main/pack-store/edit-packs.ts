import { SigmaError } from '#shared/errors.ts'
import { createTemplateEdits } from './edit-templates.ts'
import { mergeYaml } from './merge-yaml.ts'
import { planModel, writeNewPolicy } from './new-model.ts'
import type { FoundFile, PackSource } from './pack-files.ts'
import { planSet } from './plan-set.ts'
import { problemError } from './problem.ts'
import { replaceFile } from './replace-file.ts'
import { requireModest } from './require-modest.ts'
import type { SourceIndex } from './source-index.ts'
import type { AssembledPack, PackStore } from './types.ts'
import { wholeLabel } from './whole-label.ts'

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
type Lookups = Pick<PackStore, 'model' | 'riskBudget' | 'changedRiskBudget'> & {
  packById(packId: string): AssembledPack
}

/** Everything that writes to packs. One edit runs at a time, and each is checked as a whole pack before a byte is written. */
export function createPackEdits(
  root: string,
  index: SourceIndex,
  rescan: () => void,
  { model, packById, riskBudget, changedRiskBudget }: Lookups,
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
      const { problems } = index.tryText(file, text)
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
        const { modelId, packId, paths, text } = planModel(index, packById, request)
        const base = { packId, stem: modelId }
        const config: FoundFile = { ...base, kind: 'model_config', path: paths.config }
        const { problems } = index.tryText(config, text)
        if (problems.length > 0) throw problemError(problems)
        // The policy first: a model is there once its config is, and then it is complete.
        if (index.source(paths.policy) === undefined) {
          const policy = writeNewPolicy(packById(packId), modelId)
          await write({ ...base, kind: 'policy', path: paths.policy }, policy)
        }
        await write(config, text)
        return { modelId, paths }
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
        changedRiskBudget(packId, profile, partial)
        const source = sourceOf(`packs/${packId}/pack.yaml`)
        await write(source, mergeYaml(source.text, { risk_budgets: { [profile]: partial } }))
        return riskBudget(packId, profile)
      }),

    writeIndicatorSet: (request) =>
      inTurn(async () => {
        const { file, text, before } = planSet(index, { model, packById }, request)
        requireAsRead(file.path, before, request.readText)
        await write(file, text)
        return { path: file.path, count: request.indicators.length }
      }),

    writeText: (kind, { modelId, packId, path: configPath }, text, readText) =>
      inTurn(async () => {
        const path = kind === 'model_config' ? configPath : `packs/${packId}/policies/${modelId}.yaml`
        const source = index.source(path)
        if (source !== undefined) requireAsRead(path, source.text, readText ?? undefined)
        const stem = path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length)
        await write({ path, packId, kind, stem }, text, source?.text ?? null)
        return { path }
      }),
  }
}

/** Where the editor says what it started from (null: from no file), the file must still be that. */
function requireAsRead(path: string, now: string | null, readText: string | null | undefined): void {
  if (readText === undefined || now === readText) return
  throw new SigmaError('CONFLICT', `${path} was changed on disk; look at it again and retry`)
}
