import { type Document, isMap, isScalar, parseDocument } from 'yaml'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import type { PackSource } from './pack-files.ts'
import type { SourceIndex } from './source-index.ts'
import type {
  AssembledPack,
  AssetType,
  CreateModelRequest,
  Horizon,
  ModelCadence,
  PlannedModel,
} from './types.ts'

/** A request with the documented defaults. */
interface NewModel {
  ticker: string
  assetType: AssetType
  horizon: Horizon
  cadence: ModelCadence
  modelId: string
}

/**
 * What a request for a model comes to.
 * @throws CONFLICT for an id that is taken, INVALID_PARAM or NOT_FOUND for what it names and is not there
 */
export function planModel(
  index: Pick<SourceIndex, 'packs'>,
  packById: (packId: string) => AssembledPack,
  request: CreateModelRequest,
): PlannedModel {
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
  return {
    modelId,
    packId: pack.id,
    paths: {
      config: `packs/${pack.id}/model_configs/${modelId}.yaml`,
      policy: `packs/${pack.id}/policies/${modelId}.yaml`,
    },
    text: writeNewConfig(template, named, request),
  }
}

/** `<ticker>_<asset>_<horizon>_<cadence>[_variant]` in lower case, and what it is made of. */
function nameModel(request: CreateModelRequest): NewModel {
  const ticker = request.ticker.toUpperCase()
  const assetType = request.assetType ?? 'opt'
  const horizon = request.horizon ?? '0dte'
  const cadence = request.cadence ?? 'hourly'
  const variant = request.variant === undefined ? [] : [request.variant]
  const parts = [ticker.replace(/[^A-Za-z0-9-]/g, '-'), assetType, horizon, cadence, ...variant]
  const modelId = parts.join('_').toLowerCase()
  if (!/^[a-z0-9][a-z0-9_.-]{0,99}$/.test(modelId)) {
    throw new SigmaError('INVALID_PARAM', `model id ${modelId} is not a plain name of at most 100 characters`)
  }
  return { ticker, assetType, horizon, cadence, modelId }
}

/** The template a request names, else the first of the asset type that fits best, horizon before cadence. */
function chooseTemplate(pack: AssembledPack, model: NewModel, templateId?: string): PackSource {
  const score = ({ summary }: AssembledPack['templates'][number]) =>
    Number(summary.horizon === model.horizon) * 2 + Number(summary.cadence === model.cadence)
  if (templateId !== undefined) {
    const named = pack.templates.find(({ summary }) => summary.template_id === templateId)
    if (named === undefined) {
      const known = pack.templates.map(({ summary }) => summary.template_id)
      const near = didYouMean(templateId, known)
      throw new SigmaError('NOT_FOUND', `pack ${pack.id} has no template ${templateId}${near}`)
    }
    return named.source
  }
  const [best] = pack.templates
    .filter(({ summary }) => summary.asset_type === model.assetType)
    .sort((a, b) => score(b) - score(a))
  if (best === undefined) {
    throw new SigmaError('NOT_FOUND', `pack ${pack.id} has no template for asset type ${model.assetType}`)
  }
  return best.source
}

/** Text of the new model's config: the template's `config` block, comments and all, under the model's name. */
function writeNewConfig(template: PackSource, model: NewModel, request: CreateModelRequest): string {
  const document = parseDocument(template.text)
  const block = document.get('config', true)
  if (!isMap(block)) throw new SigmaError('INVALID_PARAM', `${template.path}: config is not a mapping`)
  const config = document.clone() as Document
  config.contents = block
  config.commentBefore = ` Made from ${template.path}.`
  if (request.algo !== undefined) config.set('model', request.algo)
  if (request.indicatorSetName !== undefined) config.set('indicator_set', request.indicatorSetName)
  if (request.trainWindow !== undefined) config.set('train_window', config.createNode(request.trainWindow))
  for (const [key, value] of [
    ['ticker', model.ticker],
    ['model_id', model.modelId],
  ]) {
    config.delete(key)
    block.items.unshift(config.createPair(key, value))
  }
  config.set('asset_type', model.assetType)
  config.set('horizon', model.horizon)
  config.set('cadence', model.cadence)
  return config.toString({ lineWidth: 0 })
}

/** Text of the new model's policy: a copy of the pack's default under the model's name. */
export function writeNewPolicy(pack: AssembledPack, modelId: string): string {
  const source = pack.policies.get('default')
  if (source === undefined || source.problems.length > 0) return `name: ${modelId}_v1\nversion: 1\n`
  const document = parseDocument(source.text)
  document.commentBefore = ` The policy of ${modelId}, made from ${source.path}.`
  const first = isMap(document.contents) ? document.contents.items[0]?.key : undefined
  if (isScalar(first)) first.commentBefore = null
  if (document.contents) document.contents.commentBefore = null
  document.set('name', `${modelId}_v1`)
  document.set('version', 1)
  return document.toString({ lineWidth: 0 })
}
