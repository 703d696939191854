import type { Readable } from 'node:stream'
import type { InputOf, OperationId, ReplyOf } from '#shared/contract/index.ts'
import type { EventMessage } from '#shared/contract/jobs.ts'
import type { Rendered } from '#shared/json-text.ts'
import type { AdminService } from './admin/create-admin-service.ts'

type Body<K extends OperationId> = InputOf<K> extends { body: infer B } ? B : never
export type QueryOf<K extends OperationId> = InputOf<K> extends { query: infer Q } ? Q : never
type Answer<K extends OperationId> = Promise<ReplyOf<K>>

/** The use cases of the host. Routes know these and nothing behind them. */
export interface Services {
  readonly health: HealthService
  readonly workspace: WorkspaceService
  readonly backups: BackupService
  readonly sync: SyncService
  readonly data: DataService
  readonly marketData: MarketDataService
  readonly packs: PackService
  readonly models: ModelService
  readonly drafts: DraftService
  readonly indicators: IndicatorService
  readonly matrices: MatrixService
  readonly backtests: BacktestService
  readonly reproduction: ReproductionService
  readonly tearSheets: TearSheetService
  readonly sweeps: SweepService
  readonly nullTests: NullTestService
  readonly selections: SelectionService
  readonly views: ViewService
  readonly training: TrainingService
  readonly runs: RunService
  readonly signals: SignalService
  readonly live: LiveService
  readonly policies: PolicyService
  readonly decisions: DecisionService
  readonly calibration: CalibrationService
  readonly options: OptionService
  readonly modelCards: ModelCardService
  readonly jobs: JobService
  readonly admin: AdminService
  readonly audit: AuditService
}

export interface HealthService {
  details: (query: QueryOf<'getHealthDetails'>) => Answer<'getHealthDetails'>
}

export interface WorkspaceService {
  describe: () => Answer<'getWorkspace'>
  catalog: () => Answer<'getDataCatalog'>
  bars: (query: QueryOf<'getBars'>) => Answer<'getBars'>
}

export interface BackupService {
  create: () => Answer<'createBackup'>
  list: () => Answer<'listBackups'>
  prepareRestore: (body: Body<'prepareRestore'>) => Answer<'prepareRestore'>
}

export interface SyncService {
  start: (body: Body<'startSync'>) => Answer<'startSync'>
  state: () => Answer<'getSync'>
}

export interface DataService {
  importFile: (body: Body<'importData'>) => Answer<'importData'>
  importUpload: (query: QueryOf<'importData'>, upload: Upload) => Answer<'importData'>
  list: (query: QueryOf<'listImports'>) => Answer<'listImports'>
  undo: (id: string) => Answer<'undoImport'>
}

export interface MarketDataService {
  chain: (query: QueryOf<'getChain'>) => Answer<'getChain'>
  coverage: (query: QueryOf<'getCoverage'>) => Answer<'getCoverage'>
}

/** A file as it arrives. */
export interface Upload {
  /** Media type, such as text/csv. */
  type: string
  stream: Readable
}

export interface PackService {
  list: () => Answer<'listPacks'>
  get: (packId: string) => Answer<'getPack'>
  templates: (packId: string) => Answer<'listPackTemplates'>
  indicatorSets: (packId: string) => Answer<'listPackIndicatorSets'>
}

export interface ModelService {
  create: (body: Body<'createModel'>) => Answer<'createModel'>
  list: (packId?: string) => Answer<'listModels'>
  update: (modelId: string, body: Body<'updateModel'>) => Answer<'updateModel'>
  config: (query: QueryOf<'getModelConfig'>) => Answer<'getModelConfig'>
  writeConfig: (body: Body<'writeModelConfig'>) => Answer<'writeModelConfig'>
  writeIndicatorSet: (body: Body<'writeIndicatorSet'>) => Answer<'writeIndicatorSet'>
  templates: (packId?: string) => Answer<'listModelTemplates'>
}

export interface DraftService {
  checkModel: (body: Body<'checkModel'>) => Answer<'checkModel'>
  form: (packId: string) => Answer<'getModelForm'>
  checkConfig: (body: Body<'checkModelConfig'>) => Answer<'checkModelConfig'>
  indicatorSet: (query: QueryOf<'getIndicatorSet'>) => Answer<'getIndicatorSet'>
  checkSet: (body: Body<'checkIndicatorSet'>) => Answer<'checkIndicatorSet'>
}

export interface IndicatorService {
  list: (query: QueryOf<'listIndicators'>) => Answer<'listIndicators'>
  status: () => Answer<'getIndicatorStatus'>
}

export interface MatrixService {
  build: (body: Body<'buildMatrix'>) => Answer<'buildMatrix'>
  buildStock: (body: Body<'buildStockMatrix'>) => Answer<'buildStockMatrix'>
  preview: (body: Body<'previewMatrix'>) => Answer<'previewMatrix'>
  buildByWindow: (body: Body<'buildMatrixByWindow'>) => Answer<'buildMatrixByWindow'>
  get: (matrixSha: string) => Answer<'getMatrix'>
  profile: (matrixSha: string, query: QueryOf<'getMatrixProfile'>) => Answer<'getMatrixProfile'>
}

export interface BacktestService {
  run: (body: Body<'runBacktest'>) => Answer<'runBacktest'>
  get: (id: string) => Answer<'getBacktestRun'>
  leaderboard: (query: QueryOf<'getLeaderboard'>) => Promise<Rendered<ReplyOf<'getLeaderboard'>>>
}

export interface ReproductionService {
  reproduce: (backtestRunId: string) => Answer<'reproduceBacktestRun'>
}

export interface TearSheetService {
  get: (backtestRunId: string) => Answer<'getTearSheet'>
  bars: (backtestRunId: string, query: QueryOf<'getRunBars'>) => Answer<'getRunBars'>
}

export interface ViewService {
  list: (query: QueryOf<'listViews'>) => Answer<'listViews'>
  save: (body: Body<'saveView'>) => Answer<'saveView'>
  remove: (id: string) => Answer<'deleteView'>
}

export interface SweepService {
  runAndWait: (body: Body<'runBacktestSweep'>) => Answer<'runBacktestSweep'>
  start: (body: Body<'runSweep'>) => Answer<'runSweep'>
  plan: (body: Body<'planSweep'>) => Answer<'planSweep'>
  list: (query: QueryOf<'listSweeps'>) => Answer<'listSweeps'>
  get: (sweepId: string, query: QueryOf<'getSweep'>) => Answer<'getSweep'>
  status: (sweepId: string) => Answer<'getSweepStatus'>
  results: (sweepId: string, query: QueryOf<'getSweepResults'>) => Answer<'getSweepResults'>
}

export interface NullTestService {
  start: (sweepId: string) => Answer<'runSweepNull'>
}

export interface SelectionService {
  create: (body: Body<'createSelection'>) => Answer<'createSelection'>
  get: (id: string) => Answer<'getSelection'>
}

export interface TrainingService {
  train: (body: Body<'trainModel'>) => Answer<'trainModel'>
  batch: (body: Body<'trainBatch'>) => Answer<'trainBatch'>
  listJobs: (query: QueryOf<'listTrainJobs'>) => Answer<'listTrainJobs'>
}

export interface RunService {
  builds: (query: QueryOf<'listBuildRuns'>) => Answer<'listBuildRuns'>
  trainings: (query: QueryOf<'listTrainingRuns'>) => Answer<'listTrainingRuns'>
  importance: (id: string) => Answer<'getTrainingImportance'>
}

export interface LiveService {
  importFills: (body: Body<'importSignals'>) => Answer<'importSignals'>
  summary: (query: QueryOf<'getSignalsSummary'>) => Answer<'getSignalsSummary'>
  leaderboard: (query: QueryOf<'getSignalsLeaderboard'>) => Answer<'getSignalsLeaderboard'>
  performance: (modelId: string, query: QueryOf<'getModelPerformance'>) => Answer<'getModelPerformance'>
}

export interface PolicyService {
  explain: (query: QueryOf<'explainPolicy'>) => Answer<'explainPolicy'>
  tryText: (body: Body<'checkPolicy'>) => Answer<'checkPolicy'>
  write: (body: Body<'writePolicy'>) => Answer<'writePolicy'>
}

export interface DecisionService {
  explainRow: (body: Body<'explainRow'>) => Answer<'explainRow'>
}

export interface CalibrationService {
  thresholds: (body: Body<'calibrateThresholds'>) => Answer<'calibrateThresholds'>
  brackets: (body: Body<'calibrateBrackets'>) => Answer<'calibrateBrackets'>
}

export interface SignalService {
  list: (query: QueryOf<'listSignals'>) => Answer<'listSignals'>
  generate: (body: Body<'generateSignals'>) => Answer<'generateSignals'>
}

export interface OptionService {
  expirations: (query: QueryOf<'listExpirations'>) => Answer<'listExpirations'>
  overlay: (body: Body<'createOptionsOverlay'>) => Answer<'createOptionsOverlay'>
  list: (query: QueryOf<'listOptionSignals'>) => Answer<'listOptionSignals'>
  parity: (query: QueryOf<'getOptionParity'>) => Answer<'getOptionParity'>
  payoff: (id: string) => Answer<'getOptionPayoff'>
}

export interface ModelCardService {
  list: (query: QueryOf<'listModelCards'>) => Answer<'listModelCards'>
  get: (query: QueryOf<'getModelCard'>) => Answer<'getModelCard'>
}

export interface AuditService {
  list: (query: QueryOf<'listAdminAudit'>) => Answer<'listAdminAudit'>
}

export interface JobService {
  list: (query: QueryOf<'listJobs'>) => Answer<'listJobs'>
  get: (id: string) => Answer<'getJob'>
  cancel: (id: string) => Answer<'cancelJob'>
  /** Events after `lastEventId` where it is given, then live ones until `signal` fires. */
  events: (lastEventId: string | undefined, signal: AbortSignal) => AsyncIterable<EventMessage>
}
