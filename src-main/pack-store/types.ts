import type { ResolvedIndicator } from '#shared/catalog/indicators/resolve.ts'
import type { ResolvedLabel } from '#shared/catalog/labels/resolve.ts'
import type { FlowBlock, TimeBlock } from '#shared/catalog/packs/blocks.ts'
import type { IndicatorSetFile } from '#shared/catalog/packs/indicator-set.ts'
import type { PackFile, ScoreFamily } from '#shared/catalog/packs/pack-file.ts'
import type { ExecutionEffective, PolicyFile } from '#shared/catalog/packs/policy.ts'
import type { TemplateFile } from '#shared/catalog/packs/template.ts'
import type { assetTypes, cadences, horizons } from '#shared/contract/models.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import type { Algorithm, ModelSpec } from '#shared/jobs/scoring-types.ts'
import type { PackSource } from './pack-files.ts'
import type { PackProblem } from './problem.ts'

export type AssetType = (typeof assetTypes)[number]
export type Horizon = (typeof horizons)[number]
export type ModelCadence = (typeof cadences)[number]
type JsonObject = Record<string, unknown>

export interface PackMeta {
  name: string
  description: string
  horizon?: string
  cadence?: string
}

export interface PackSummary {
  id: string
  meta: PackMeta
  models: number
  problems: PackProblem[]
}

export interface IndicatorSetSummary {
  name: string
  pack_id: string
  path: string
  description?: string
  version?: number
  /** Canonical spellings. */
  indicators: string[]
}

export interface TemplateSummary {
  pack: string
  template_id: string
  name: string
  description?: string
  asset_type: AssetType
  horizon: Horizon
  cadence: ModelCadence
  template_version: number
  config: JsonObject
}

/** A pack as replies show it, and what the host needs of it. `file` is null where pack.yaml is missing or not valid. */
export interface Pack {
  id: string
  meta: PackMeta
  file: PackFile | null
  label: JsonObject
  score: ScoreFamily | null
  risk_budgets: Partial<Record<RiskProfile, JsonObject>>
  indicator_sets: IndicatorSetSummary[]
  templates: TemplateSummary[]
  models: string[]
  problems: PackProblem[]
}

export interface SetEntry extends ResolvedIndicator {
  /** Canonical: `rsi__period=14`. */
  spelling: string
}

export interface IndicatorSet {
  name: string
  path: string
  entries: SetEntry[]
}

/** A model config with everything its pack and the catalogues add to it. */
export interface LoadedModel {
  modelId: string
  packId: string
  /** Of the config, in the workspace. */
  path: string
  /** null: buildable only with a ticker in the request. */
  ticker: string | null
  assetType: AssetType
  horizon: Horizon
  cadence: ModelCadence
  /** `none` for rule scanners, which train nothing. */
  algorithm: Algorithm | 'none'
  task: string
  spec: ModelSpec | null
  /** Canonical indicator spellings or column names; null for every feature column of the matrix. */
  features: string[] | null
  flow: FlowBlock | null
  time: TimeBlock
  label: ResolvedLabel
  labelBlock: unknown
  indicatorSetName: string | null
  trainWindow: { start: string; end: string } | null
  session: 'regular' | 'extended'
  /** The whole file as plain JSON, and its text: what a config_sha is taken of. */
  config: JsonObject
  configText: string
}

/** One pack put together from its files. Files with problems are in `problems` and nowhere else. */
export interface AssembledPack {
  id: string
  file: PackFile | null
  sets: Map<string, { set: IndicatorSet; file: IndicatorSetFile }>
  models: Map<string, LoadedModel>
  policies: Map<string, PackSource>
  templates: { summary: TemplateSummary; source: PackSource }[]
  problems: PackProblem[]
  /** Sets with problems: a model that should use one may not silently take another. */
  brokenSets: Map<string, PackProblem[]>
  /** Models whose config cannot be used, by id. */
  broken: Map<string, PackProblem[]>
}

export interface LoadedPolicy {
  /** null where neither the model nor its pack has a policy: then `effective` holds the documented defaults. */
  path: string | null
  policy: PolicyFile
  effective: ExecutionEffective
}

export interface ExplainedPolicy extends LoadedPolicy {
  text: string
  problems: PackProblem[]
}

export interface ConfigFile extends Pick<LoadedModel, 'modelId' | 'packId' | 'path'> {
  text: string
  problems: PackProblem[]
}

export interface RiskBudgetChoice {
  budget: JsonObject
  /** What the risk_sha is taken of. */
  riskFields: { pack_id: string; profile: RiskProfile; budget: JsonObject }
}

export interface CreateModelRequest {
  ticker: string
  assetType?: AssetType | undefined
  horizon?: Horizon | undefined
  cadence?: ModelCadence | undefined
  algo?: 'gbm' | 'xgb' | 'rf' | 'logistic' | undefined
  variant?: string | undefined
  packId?: string | undefined
  indicatorSetName?: string | undefined
  templateId?: string | undefined
  /** Instead of the template's, where the caller knows what data the ticker has. */
  trainWindow?: { start: string; end: string } | undefined
}

export interface WriteIndicatorSetRequest {
  packId: string
  scope?: 'pack' | 'model' | undefined
  modelId?: string | undefined
  name: string
  description?: string | undefined
  indicators: readonly unknown[]
  /** What the editor started from, null where there was no file; unless said, the file is replaced as it is. */
  readText?: string | null | undefined
}

/** What would come of a model config that is not written yet. */
export interface TriedConfig {
  /** The text as a mapping, mistakes and all; null where it is none. */
  config: JsonObject | null
  problems: PackProblem[]
  /** null where there are problems. */
  model: LoadedModel | null
  /** Columns that its indicators give a matrix, those of its set first. */
  columns: string[]
}

/** An indicator as an editor lists it: what it resolves to, or why it does not. */
export type TriedIndicator = SetEntry | { problem: string }

/** Texts that are not written yet, read and checked as if they were. */
export interface PackTrials {
  tryConfig(file: Pick<ConfigFile, 'modelId' | 'packId' | 'path'>, text: string): TriedConfig
  tryModel(request: CreateModelRequest): PlannedModel & TriedConfig
  tryPolicy(model: LoadedModel, text: string): ExplainedPolicy
  /** `text` is null where the set cannot be written as it is. */
  trySet(request: WriteIndicatorSetRequest): {
    path: string
    text: string | null
    entries: TriedIndicator[]
    problems: PackProblem[]
  }
}

/** A model that could be made: its id, its files and the text of its config. */
export interface PlannedModel {
  modelId: string
  packId: string
  paths: { config: string; policy: string }
  text: string
}

/** A set as its file stands; without indicators where it cannot be read. */
export interface SetFile extends Omit<IndicatorSetSummary, 'indicators'> {
  text: string
  indicators: string[]
  problems: PackProblem[]
  /** Models that are built from it. */
  usedBy: string[]
}

/** Packs of a workspace: read from YAML, kept up to date while people edit, and edited without losing a comment. */
export interface PackStore extends PackTrials {
  packs(): PackSummary[]
  pack(packId: string): Pack
  models(packId?: string): LoadedModel[]
  model(modelId: string, packId?: string): LoadedModel
  /** The config file of a model, broken ones included: those above all need editing. */
  configFile(modelId: string, packId?: string): ConfigFile
  indicatorSet(model: LoadedModel): IndicatorSet
  /** The file of a set, broken ones included. */
  setFile(packId: string, name: string): SetFile
  policy(model: LoadedModel): LoadedPolicy
  explainPolicy(model: LoadedModel): ExplainedPolicy
  /** What a config of the pack may name as its policy. */
  policyNames(packId: string): string[]
  riskBudget(packId: string, profile: RiskProfile, overrides?: JsonObject): RiskBudgetChoice
  /** The budget with a change merged in; null takes a rule away. */
  changedRiskBudget(packId: string, profile: RiskProfile, change: JsonObject): RiskBudgetChoice
  templates(packId?: string): TemplateSummary[]
  problems(): PackProblem[]
  createModel(
    request: CreateModelRequest,
  ): Promise<{ modelId: string; paths: { config: string; policy: string } }>
  patchModel(
    modelId: string,
    packId: string | undefined,
    partial: JsonObject,
  ): Promise<{ path: string; config: JsonObject }>
  patchRiskBudget(packId: string, profile: RiskProfile, partial: JsonObject): Promise<RiskBudgetChoice>
  writeIndicatorSet(request: WriteIndicatorSetRequest): Promise<{ path: string; count: number }>
  /** Replaces the text of a model's config or policy after checking it; `readText` is what the editor started from. */
  writeText(
    kind: 'model_config' | 'policy',
    model: Pick<LoadedModel, 'modelId' | 'packId' | 'path'>,
    text: string,
    readText: string | null,
  ): Promise<{ path: string }>
  /** Text of a template's file, null where there is none. */
  templateText(packId: string, templateId: string): string | null
  /** What a template's text says, and what would be wrong with it in its pack. */
  inspectTemplate(
    packId: string,
    templateId: string,
    text: string,
  ): { template: TemplateFile; problems: PackProblem[] }
  /** Writes a template's file, which must still hold `readText`; null for a new one. */
  writeTemplate(
    packId: string,
    templateId: string,
    text: string,
    readText: string | null,
  ): Promise<{ path: string }>
  /** Reads what changed on disk now, instead of when the watcher tells. */
  rescan(): void
  close(): void
}
