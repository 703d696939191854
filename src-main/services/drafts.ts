import { mergeYaml } from '#main/pack-store/merge-yaml.ts'
import { parseYaml } from '#main/pack-store/parse-yaml.ts'
import { requireModest } from '#main/pack-store/require-modest.ts'
import type { LoadedModel, TriedConfig, TriedIndicator } from '#main/pack-store/types.ts'
import { wholeLabel } from '#main/pack-store/whole-label.ts'
import { labels } from '#shared/catalog/labels/index.ts'
import { modelSpec } from '#shared/catalog/models/hyperparams.ts'
import { ModelConfig } from '#shared/catalog/packs/model-config.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { algorithms } from '#shared/contract/models.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import type { DraftService } from './index.ts'
import { readNewModel, readSetRequest, reasonNotBuildable } from './models.ts'

type Tried = ReplyOf<'checkModelConfig'>
type Entry = ReplyOf<'checkIndicatorSet'>['entries'][number]

/** What would come of texts and forms before they are written; mistakes are answers here, not errors. */
export function createDraftService({
  packStore,
  lake,
}: Pick<ServiceContext, 'packStore' | 'lake'>): DraftService {
  async function describe(text: string, { config, problems, model, columns }: TriedConfig): Promise<Tried> {
    const reason = model === null ? null : reasonNotBuildable(model, await lake.catalog())
    const effective = model === null ? null : effectiveOf(model)
    const buildable = model !== null && reason === null
    return { text, config, problems, effective, columns, buildable, reason }
  }

  return {
    async checkModel(body) {
      try {
        const tried = packStore.tryModel(readNewModel(body))
        return { model_id: tried.modelId, path: tried.paths.config, ...(await describe(tried.text, tried)) }
      } catch (error) {
        const problems = [problemOf(error)]
        const nothing = { config: null, problems, model: null, columns: [] }
        return { model_id: null, path: null, ...(await describe('', nothing)) }
      }
    },

    async form(packId) {
      const { file, indicator_sets } = packStore.pack(packId)
      const { asset_types = [], horizon, cadence, session = 'regular', label } = file ?? {}
      const set = file?.default_indicator_set
      return {
        schema: ModelConfig as unknown as Record<string, unknown>,
        defaults: { asset_type: asset_types[0], horizon, cadence, session, label, indicator_set: set },
        indicator_sets: indicator_sets.map(({ name }) => name),
        policies: packStore.policyNames(packId),
        labels: [...labels.values()].map(({ id, title, doc, params }) => ({
          ...{ id, title, doc },
          schema: params as unknown as Record<string, unknown>,
        })),
        hyperparams: Object.fromEntries(algorithms.map((each) => [each, hyperparamsOf(each)])),
      }
    },

    async checkConfig({ model_id, pack_id, text, changes }) {
      const file = packStore.configFile(model_id, pack_id)
      const merged = changes === undefined ? text : mergeChanges(text, changes)
      return describe(merged, packStore.tryConfig(file, merged))
    },

    async indicatorSet({ pack_id, name }) {
      const { usedBy, description = null, version = null, ...file } = packStore.setFile(pack_id, name)
      return { ...file, description, version, used_by: usedBy }
    },

    async checkSet(body) {
      try {
        const { path, text, entries, problems } = packStore.trySet(readSetRequest(body))
        const columns = entries.flatMap((entry) => ('problem' in entry ? [] : entry.outputs))
        const isSound = problems.length === 0
        return { path, text: isSound ? text : null, entries: entries.map(describeEntry), columns, problems }
      } catch (error) {
        return { path: null, text: null, entries: [], columns: [], problems: [problemOf(error)] }
      }
    },
  }
}

/** A text that is no YAML stays as it is: its problems say where it stops being any. */
function mergeChanges(text: string, changes: Record<string, unknown>): string {
  requireModest(changes, 'changes')
  const { value, problems } = parseYaml('', text)
  return problems.length > 0 ? text : mergeYaml(text, wholeLabel(changes, value))
}

function hyperparamsOf(name: (typeof algorithms)[number]): Record<string, unknown> {
  const { algorithm: _, ...hyperparams } = modelSpec(name === 'xgb' ? 'gbm' : name)
  return hyperparams
}

function effectiveOf(model: LoadedModel): NonNullable<Tried['effective']> {
  const { algorithm: _, ...hyperparams } = model.spec ?? { algorithm: null }
  return {
    ticker: model.ticker,
    asset_type: model.assetType,
    horizon: model.horizon,
    cadence: model.cadence,
    session: model.session,
    algorithm: model.algorithm,
    hyperparams: model.spec === null ? null : hyperparams,
    label: model.label.text,
    indicator_set: model.indicatorSetName,
    features: model.features,
    train_window: model.trainWindow,
  }
}

function describeEntry(entry: TriedIndicator): Entry {
  if ('problem' in entry) {
    const nothing = { spelling: null, name: null, params: {}, outputs: [], warmup: 0, warmup_unit: 'rows' }
    return { ...nothing, problem: entry.problem }
  }
  const { indicator, params, outputs, spelling } = entry
  const warmup = Math.max(...[indicator.warmup(params as never)].flat())
  const warmup_unit = indicator.warmupUnit ?? 'rows'
  return { spelling, name: indicator.id, params, outputs, warmup, warmup_unit, problem: null }
}

/** What is wrong with a request, as an answer; anything but a refusal stays an error. */
function problemOf(error: unknown): Tried['problems'][number] {
  if (!(error instanceof SigmaError) || error.code === 'INTERNAL') throw error
  return { path: '', line: null, column: null, message: error.message }
}
