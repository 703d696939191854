import { formatIndicator, resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import { effectiveExecution, type PolicyFile } from '#shared/catalog/packs/policy.ts'
import { messageOf } from './load-model.ts'
import { planModel } from './new-model.ts'
import type { FoundFile } from './pack-files.ts'
import { parseYaml } from './parse-yaml.ts'
import { planSet } from './plan-set.ts'
import type { SourceIndex } from './source-index.ts'
import type {
  AssembledPack,
  LoadedModel,
  PackStore,
  PackTrials,
  TriedConfig,
  TriedIndicator,
} from './types.ts'

interface Lookups extends Pick<PackStore, 'model'> {
  packById(packId: string): AssembledPack
}

/** What would come of texts that are not written yet. Nothing here changes a file. */
export function createPackTrials(index: SourceIndex, lookups: Lookups): PackTrials {
  function tryConfig(file: FoundFile, modelId: string, text: string): TriedConfig {
    const { problems, pack } = index.tryText(file, text)
    const { value, locate } = parseYaml(file.path, text)
    const config = isMapping(value) ? value : null
    const named = config?.['model_id'] ?? file.stem
    if (config !== null && named !== modelId) {
      problems.push(
        locate({ at: ['model_id'], message: `the config is that of ${named}, not of ${modelId}` }),
      )
    }
    const model = problems.length > 0 ? null : (pack?.models.get(modelId) ?? null)
    return { config, problems, model, columns: model === null ? [] : columnsOf(model, pack) }
  }

  return {
    tryConfig: ({ modelId, packId, path }, text) =>
      tryConfig({ path, packId, kind: 'model_config', stem: stemOf(path) }, modelId, text),

    tryModel(request) {
      const planned = planModel(index, lookups.packById, request)
      const { modelId, packId, paths, text } = planned
      const file: FoundFile = { path: paths.config, packId, kind: 'model_config', stem: modelId }
      return { ...planned, ...tryConfig(file, modelId, text) }
    },

    tryPolicy({ modelId, packId }, text) {
      const path = `packs/${packId}/policies/${modelId}.yaml`
      const { source, problems } = index.tryText({ path, packId, kind: 'policy', stem: modelId }, text)
      const policy = problems.length > 0 ? {} : ((source.value ?? {}) as PolicyFile)
      return { path, text, policy, effective: effectiveExecution(policy), problems }
    },

    trySet(request) {
      const entries = request.indicators.map(tryIndicator)
      const isWhole = entries.length > 0 && entries.every((entry) => !('problem' in entry))
      // Without its bad lines the file still says what it would be called, and whether that is allowed.
      const sound = request.indicators.filter((_, i) => !('problem' in entries[i]!))
      const { file, text } = planSet(index, lookups, { ...request, indicators: sound })
      const problems = isWhole ? index.tryText(file, text).problems : []
      return { path: file.path, text: isWhole ? text : null, entries, problems }
    },
  }
}

function tryIndicator(spec: unknown): TriedIndicator {
  try {
    const resolved = resolveIndicator(spec)
    return { ...resolved, spelling: formatIndicator(resolved.indicator, resolved.params) }
  } catch (cause) {
    return { problem: messageOf(cause) }
  }
}

/** What the set gives, then what features beyond it give. */
function columnsOf({ indicatorSetName, features }: LoadedModel, pack: AssembledPack | undefined): string[] {
  const ofSet = pack?.sets.get(indicatorSetName ?? '')?.set.entries.flatMap(({ outputs }) => outputs) ?? []
  const ofFeatures = (features ?? []).flatMap((feature) => {
    const tried = tryIndicator(feature)
    return 'problem' in tried ? [feature] : tried.outputs
  })
  return [...new Set([...ofSet, ...ofFeatures])]
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.'))
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
