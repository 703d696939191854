import type { Cadence } from '#shared/catalog/indicators/define.ts'
import { requireCadence, resolveLabel } from '#shared/catalog/labels/resolve.ts'
import { modelSpec } from '#shared/catalog/models/hyperparams.ts'
import { FlowBlock, TimeBlock } from '#shared/catalog/packs/blocks.ts'
import type { ModelConfig } from '#shared/catalog/packs/model-config.ts'
import { didYouMean } from '#shared/errors.ts'
import { readFeature } from './feature-columns.ts'
import type { PackSource } from './pack-files.ts'
import { formatProblem, type PackProblem } from './problem.ts'
import type { AssembledPack, LoadedModel } from './types.ts'

/** The id a config gives its model; without one, or where the file cannot be read, its name. */
export function modelIdOf({ value, stem }: PackSource): string {
  return (value as ModelConfig | undefined)?.model_id ?? stem
}

/** A model config completed by its pack and the catalogues; what does not hold together is in `problems`. */
export function loadModel(
  source: PackSource,
  pack: AssembledPack,
): { model: LoadedModel | null; problems: PackProblem[] } {
  const config = source.value as ModelConfig
  const problems: PackProblem[] = []
  const fault = (at: (string | number)[], message: string) => {
    problems.push(source.locate({ at, message }))
  }
  const modelId = modelIdOf(source)
  const assetType = config.asset_type ?? pack.file?.asset_types[0]
  const horizon = config.horizon ?? pack.file?.horizon
  const cadence = config.cadence ?? pack.file?.cadence
  if (assetType === undefined) fault(['asset_type'], 'asset_type is missing, and the pack has none')
  if (horizon === undefined) fault(['horizon'], 'horizon is missing, and the pack has none')
  if (cadence === undefined) fault(['cadence'], 'cadence is missing, and the pack has none')

  const labelBlock = config.label ?? pack.file?.label
  const problem = attempt(source, ['label'], labelBlock, cadence)
  if (problem !== null) problems.push(problem)

  const setName = setNameOf(modelId, config, pack)
  if (setName !== null && !pack.sets.has(setName)) {
    const broken = pack.brokenSets.get(setName)?.[0]
    const why = broken === undefined ? didYouMean(setName, pack.sets.keys()) : `: ${formatProblem(broken)}`
    fault(['indicator_set'], `no usable indicator set ${setName}${why}`)
  }
  if (config.policy !== undefined && !pack.policies.has(config.policy)) {
    fault(['policy'], `no policy ${config.policy}${didYouMean(config.policy, pack.policies.keys())}`)
  }

  const isList = Array.isArray(config.features)
  const block = isList || config.features == null ? {} : (config.features as FeatureBlock)
  const listed = isList ? (config.features as unknown[]) : block.columns
  const setColumns = pack.sets.get(setName ?? '')?.set.entries.flatMap(({ outputs }) => outputs) ?? []
  const at = isList ? ['features'] : ['features', 'columns']
  const features: string[] = []
  for (const [i, spec] of (listed ?? []).entries()) {
    try {
      const feature = readFeature(spec, setColumns)
      if (features.includes(feature)) fault([...at, i], `feature ${feature} is listed twice`)
      features.push(feature)
    } catch (cause) {
      fault([...at, i], messageOf(cause))
    }
  }
  if (problems.length > 0) return { model: null, problems }

  const algorithm = config.model === 'xgb' ? 'gbm' : (config.model ?? 'gbm')
  const flow = config.flow ?? block.flow ?? (assetType === 'opt' ? pack.file?.flow : undefined)
  const model: LoadedModel = {
    modelId,
    packId: source.packId,
    path: source.path,
    ticker: config.ticker == null || /^universe$/i.test(config.ticker) ? null : config.ticker.toUpperCase(),
    assetType: assetType!,
    horizon: horizon!,
    cadence: cadence!,
    algorithm,
    task: config.task ?? 'classification',
    spec: algorithm === 'none' ? null : modelSpec(algorithm, config.hyperparams),
    features: listed === undefined || listed.length === 0 ? null : features,
    flow: flow === undefined ? null : withDefaults(FlowBlock, flow),
    time: withDefaults(TimeBlock, config.time ?? block.time ?? pack.file?.time ?? {}),
    label: resolveLabel(labelBlock),
    labelBlock,
    indicatorSetName: setName,
    trainWindow: config.train_window ?? null,
    session: config.session ?? pack.file?.session ?? 'regular',
    config: source.value as Record<string, unknown>,
    configText: source.text,
  }
  return { model, problems }
}

/** Why a label cannot be used on bars of a cadence, null where it can. */
export function attempt(
  source: PackSource,
  at: (string | number)[],
  block: unknown,
  cadence: Cadence | undefined,
): PackProblem | null {
  try {
    if (block === undefined) throw new Error('label is missing, and the pack has none')
    const { label, params } = resolveLabel(block)
    if (cadence !== undefined) requireCadence(label, params, cadence)
    return null
  } catch (cause) {
    return source.locate({ at, message: messageOf(cause) })
  }
}

export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

interface FeatureBlock {
  columns?: unknown[]
  flow?: Partial<FlowBlock>
  time?: Partial<TimeBlock>
}

/** The model's own set, else the one it names, else the pack's default, else the pack's indicator_set.yaml. */
function setNameOf(modelId: string, config: ModelConfig, pack: AssembledPack): string | null {
  const exists = (name: string) => pack.sets.has(name) || pack.brokenSets.has(name)
  if (exists(modelId)) return modelId
  return (
    config.indicator_set ??
    pack.file?.default_indicator_set ??
    (exists('indicator_set') ? 'indicator_set' : null)
  )
}

function withDefaults<T extends object>(
  schema: { properties: Record<string, object> },
  given: Partial<T>,
): T {
  const out: Record<string, unknown> = {}
  for (const [key, each] of Object.entries(schema.properties)) {
    out[key] = (given as Record<string, unknown>)[key] ?? (each as { default?: unknown }).default
  }
  return out as T
}
