import { changeRiskBudget, parseRiskBudget } from '#shared/catalog/gates/risk-budget.ts'
import { effectiveExecution, type PolicyFile } from '#shared/catalog/packs/policy.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import { describePack, summarizePack } from './describe-pack.ts'
import { createPackEdits } from './edit-packs.ts'
import type { PackSource } from './pack-files.ts'
import { problemError } from './problem.ts'
import { describeSetFile } from './set-file.ts'
import { noSoundTexts, type SoundTexts } from './sound-texts.ts'
import { createSourceIndex } from './source-index.ts'
import { createPackTrials } from './try-texts.ts'
import type { AssembledPack, ConfigFile, ExplainedPolicy, LoadedModel, PackStore } from './types.ts'
import { watchPacks } from './watch-packs.ts'

export interface PackStoreOptions {
  /** Folder of the workspace. */
  root: string
  /** Told the paths that changed on disk or by an edit, after the store has read them. */
  onChange?: (paths: string[]) => void
  /** Follow the folder as it changes; off for one-off reads. */
  watching?: boolean
  /** What earlier starts found out about the texts, for the first look at them. */
  texts?: SoundTexts
}

/** Opens the packs of a workspace. A bad file is among `problems()`; everything else works. */
export function createPackStore({
  root,
  onChange,
  watching = true,
  texts = noSoundTexts,
}: PackStoreOptions): PackStore {
  const index = createSourceIndex(root)
  index.rescan(texts)
  texts.save()
  const rescan = () => {
    const changed = index.rescan()
    if (changed.length > 0) onChange?.(changed)
  }

  const packById = (packId: string): AssembledPack => {
    const found = index.packs().get(packId)
    if (found !== undefined) return found
    throw new SigmaError('NOT_FOUND', `no pack ${packId}${didYouMean(packId, index.packs().keys())}`)
  }
  const packsOf = (packId: string | undefined) =>
    packId === undefined ? [...index.packs().values()] : [packById(packId)]

  const model = (modelId: string, packId?: string): LoadedModel => {
    const packs = packsOf(packId)
    for (const { models, broken } of packs) {
      const found = models.get(modelId)
      if (found !== undefined) return found
      const problems = broken.get(modelId)
      if (problems !== undefined) throw problemError(problems)
    }
    // A config may give its model another name than the file has; the file's name finds it too.
    const all = packs.flatMap(({ models }) => [...models.values()])
    const byFile = all.find(({ path }) => path.endsWith(`/${modelId}.yaml`))
    if (byFile !== undefined) return byFile
    const where = packId === undefined ? '' : ` in pack ${packId}`
    const near = didYouMean(
      modelId,
      all.map((each) => each.modelId),
    )
    throw new SigmaError('NOT_FOUND', `no model ${modelId}${where}${near}`)
  }

  const configFile = (modelId: string, packId?: string): ConfigFile => {
    for (const pack of packsOf(packId)) {
      const problems = pack.broken.get(modelId)
      if (problems === undefined) continue
      const folder = `packs/${pack.id}/model_configs/`
      const path = problems.find((each) => each.path.startsWith(folder))?.path ?? `${folder}${modelId}.yaml`
      return { modelId, packId: pack.id, path, text: index.source(path)?.text ?? '', problems }
    }
    const found = model(modelId, packId)
    return {
      modelId: found.modelId,
      packId: found.packId,
      path: found.path,
      text: found.configText,
      problems: [],
    }
  }

  const explainPolicy = (loaded: LoadedModel): ExplainedPolicy => {
    const source = policySource(packById(loaded.packId), loaded)
    const problems = source?.problems ?? []
    const policy = problems.length > 0 ? {} : ((source?.value ?? {}) as PolicyFile)
    return {
      path: source?.path ?? null,
      text: source?.text ?? '',
      policy,
      effective: effectiveExecution(policy),
      problems,
    }
  }

  const budgetOf = (packId: string, profile: RiskProfile): Record<string, unknown> => {
    const pack = packById(packId)
    if (pack.file === null) throw problemError(pack.problems)
    return pack.file.risk_budgets[profile]
  }
  const riskBudget: PackStore['riskBudget'] = (pack_id, profile, overrides = {}) => {
    const budget = parseRiskBudget({ ...budgetOf(pack_id, profile), ...parseRiskBudget(overrides) })
    return { budget, riskFields: { pack_id, profile, budget } }
  }
  const changedRiskBudget: PackStore['changedRiskBudget'] = (pack_id, profile, change) => {
    const budget = changeRiskBudget(budgetOf(pack_id, profile), change)
    return { budget, riskFields: { pack_id, profile, budget } }
  }

  const stop = watching ? watchPacks(root, rescan) : () => {}
  return {
    packs: () => [...index.packs().values()].map(summarizePack),
    pack: (packId) => describePack(packById(packId)),
    models: (packId) =>
      packsOf(packId).flatMap(({ models }) =>
        [...models.values()].sort((a, b) => (a.modelId < b.modelId ? -1 : 1)),
      ),
    model,
    configFile,
    indicatorSet({ packId, indicatorSetName, path }) {
      const found = packById(packId).sets.get(indicatorSetName ?? '')
      if (found === undefined) {
        throw new SigmaError('NOT_FOUND', `${path}: no indicator set ${indicatorSetName ?? 'for this model'}`)
      }
      return found.set
    },
    explainPolicy,
    policyNames: (packId) => [...packById(packId).policies.keys()].sort(),
    policy(loaded) {
      const { path, policy, effective, problems } = explainPolicy(loaded)
      // Trading a default because the file has a mistake would be worse than not trading.
      if (problems.length > 0) throw problemError(problems)
      return { path, policy, effective }
    },
    riskBudget,
    changedRiskBudget,
    templates: (packId) =>
      packsOf(packId).flatMap(({ templates }) => templates.map(({ summary }) => summary)),
    problems: () => [...index.packs().values()].flatMap(({ problems }) => problems),
    setFile: (packId, name) => describeSetFile(index, packById(packId), name),
    ...createPackTrials(index, { model, packById }),
    ...createPackEdits(root, index, rescan, { model, packById, riskBudget, changedRiskBudget }),
    rescan,
    close: stop,
  }
}

/** The model's own policy, else the one its config names, else the pack's default. */
function policySource({ policies }: AssembledPack, { modelId, config }: LoadedModel): PackSource | null {
  const named = config['policy']
  return (
    policies.get(modelId) ??
    (typeof named === 'string' ? policies.get(named) : undefined) ??
    policies.get('default') ??
    null
  )
}
