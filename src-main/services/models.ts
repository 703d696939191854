import type { CatalogRow } from '#main/lake/catalog-rows.ts'
import { parseYaml } from '#main/pack-store/parse-yaml.ts'
import type {
  ConfigFile,
  CreateModelRequest,
  LoadedModel,
  WriteIndicatorSetRequest,
} from '#main/pack-store/types.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { riskProfiles } from '#shared/contract/schemas.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import type { ModelService } from './index.ts'

type ModelSummary = ReplyOf<'listModels'>['models'][number]

/** Models, their configs and the indicator sets they are built from. */
export function createModelService({
  packStore,
  lake,
  ledger,
}: Pick<ServiceContext, 'packStore' | 'lake' | 'ledger'>): ModelService {
  return {
    async create(body) {
      const { modelId, paths } = await packStore.createModel(readNewModel(body))
      return { model_id: modelId, paths, message: 'created' }
    },
    async list(packId) {
      if (packId !== undefined) packStore.pack(packId)
      const catalog = await lake.catalog()
      const standing = standingsOf(ledger)
      const models = packStore.models(packId).map((model) => ({
        ...summarise(model, catalog),
        standing: standing(model.modelId),
      }))
      return { models, count: models.length }
    },
    update: (modelId, { pack_id, config }) => packStore.patchModel(modelId, pack_id, config),
    async config({ model_id, pack_id }) {
      const { modelId, packId, path, text, problems } = packStore.configFile(model_id, pack_id)
      return { model_id: modelId, pack_id: packId, path, text, problems }
    },
    async writeConfig({ model_id, pack_id, text, if_text }) {
      const file = packStore.configFile(model_id, pack_id)
      requireSameModel(file, text)
      const { path } = await packStore.writeText('model_config', file, text, if_text ?? null)
      return { path, message: 'written' }
    },
    async writeIndicatorSet(body) {
      const { path, count } = await packStore.writeIndicatorSet({
        ...readSetRequest(body),
        readText: body.if_text,
      })
      return { path, count, message: 'written' }
    },
    async templates(packId) {
      return { templates: packId === undefined ? packStore.templates() : packStore.pack(packId).templates }
    },
  }
}

/** A request for a model in the words of the pack store. */
export function readNewModel(body: InputOf<'createModel'>['body']): CreateModelRequest {
  return {
    ticker: body.ticker.toUpperCase(),
    assetType: body.asset_type,
    horizon: body.horizon,
    cadence: body.cadence,
    algo: body.algo,
    variant: body.variant,
    packId: body.pack_id,
    indicatorSetName: body.indicator_set_name,
    templateId: body.template_id,
    trainWindow: body.train_window,
  }
}

/** A request for an indicator set in the words of the pack store. */
export function readSetRequest(body: InputOf<'checkIndicatorSet'>['body']): WriteIndicatorSetRequest {
  return {
    packId: body.pack_id,
    scope: body.scope,
    modelId: body.model_id,
    name: body.name,
    description: body.description,
    indicators: body.indicators,
  }
}

/** A config that names another model would take the old one away with all that rests on it. */
function requireSameModel({ path, modelId }: ConfigFile, text: string): void {
  const { value } = parseYaml(path, text)
  const named = (value as { model_id?: unknown } | null | undefined)?.model_id
  const stem = path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.'))
  if (value === undefined || (named ?? stem) === modelId) return
  const given = named === undefined ? `without a model_id the config is that of ${stem}` : `model_id ${named}`
  throw new SigmaError('INVALID_PARAM', `${path}: ${given}, not of ${modelId}`)
}

/** How the runs of each model stand against each risk profile. */
function standingsOf({ backtestRuns, artifacts }: ServiceContext['ledger']) {
  const counts = Map.groupBy(backtestRuns.countByProfile(), ({ model_id }) => model_id)
  const trained = new Set(artifacts.trainedProfiles().map((each) => `${each.model_id} ${each.risk_profile}`))
  return (modelId: string): ModelSummary['standing'] =>
    riskProfiles.map((profile) => {
      const found = counts.get(modelId)?.find(({ risk_profile }) => risk_profile === profile)
      const { runs = 0, passing = 0 } = found ?? {}
      return { profile, runs, passing, trained: trained.has(`${modelId} ${profile}`) }
    })
}

function summarise(model: LoadedModel, catalog: readonly CatalogRow[]): Omit<ModelSummary, 'standing'> {
  const series = seriesOf(model, catalog)
  const reason = reasonNotBuildable(model, catalog)
  return {
    id: model.modelId,
    pack_id: model.packId,
    path: model.path,
    ticker: model.ticker,
    asset_type: model.assetType,
    horizon: model.horizon,
    cadence: model.cadence,
    algorithm: model.algorithm,
    label: model.label.text,
    indicator_set: model.indicatorSetName,
    buildable: reason === null,
    reason,
    data_source: series?.source ?? null,
    simulated: series?.simulated ?? false,
    train_window: model.trainWindow,
  }
}

/** The catalogue lists bars that the lake makes of finer ones too. */
function seriesOf({ ticker, cadence }: LoadedModel, catalog: readonly CatalogRow[]): CatalogRow | undefined {
  return catalog.find((each) => each.kind === 'bars' && each.ticker === ticker && each.cadence === cadence)
}

/** What stands between a model and its matrix, in words; null if nothing. */
export function reasonNotBuildable(model: LoadedModel, catalog: readonly CatalogRow[]): string | null {
  const series = seriesOf(model, catalog)
  if (model.ticker === null) return 'no ticker: give one when building'
  if (model.label.label.id === 'none') return 'no label: the model scans, it is not trained'
  if (series === undefined) {
    const known = new Set(catalog.filter(({ kind }) => kind === 'bars').map(({ ticker }) => ticker))
    const near = known.has(model.ticker) ? '' : didYouMean(model.ticker, known)
    return `no ${model.cadence} bars of ${model.ticker} in the lake${near}`
  }
  const { trainWindow } = model
  if (trainWindow !== null && (trainWindow.start > series.last || trainWindow.end < series.first)) {
    return `bars of ${model.ticker} run from ${series.first} to ${series.last}, outside the train window`
  }
  return null
}
